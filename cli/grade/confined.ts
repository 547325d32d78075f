import { existsSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { dataDir } from "../../data-fetch/data-dir.ts";
import type { Output } from "../../kernel/executor/protocol.ts";
import { startExecutor, type Executor } from "../../kernel/session/executor-process.ts";
import { packageRoot } from "../package-version.ts";
import { writeWorkerGuard } from "./worker-guard.ts";

/** What a learner's process may take. */
export interface Limits {
  /** For all cells together. */
  readonly seconds: number;
  /** For each cell of the learner's. */
  readonly outputBytes: number;
  readonly memoryMb: number;
}

/** What became of a cell. */
export interface CellEnd {
  readonly outputs: readonly Output[];
  readonly error: string | undefined;
  /** It was stopped, or took its process with it: nothing more can be run there. */
  readonly isLast: boolean;
}

/** A process that runs a learner's cells. */
export interface Confined {
  /** Runs a cell; how it ended, and of a learner's cell the outputs: what comes during a published one is not kept. */
  run(source: string, isPublished: boolean): Promise<CellEnd>;
  close(): Promise<void>;
}

/**
 * Starts a process under Node's permission model: it reads the package and the data sets, writes into an empty folder of
 * its own, starts no program, and has none of the environment's variables; so do its threads. Network and signals are not kept from it by Node.
 */
export async function startConfined(limits: Limits): Promise<Confined> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "tsrsa-grade-")));
  const guardFolder = realpathSync(mkdtempSync(join(tmpdir(), "tsrsa-grade-guard-")));
  const executor = await startExecutor({
    cwd: folder,
    packagesFrom: fileURLToPath(import.meta.url),
    cleanEnv: true,
    detached: true,
    env: {
      ...{ HOME: folder, TMPDIR: folder, TEMP: folder, TMP: folder, TSRSA_OFFLINE: "1" },
      ...{ TSRSA_DATA_DIR: dataDir(), TSRSA_CWD: folder },
    },
    nodeOptions: [
      ...permissions(folder, guardFolder),
      `--require=${writeWorkerGuard(guardFolder, folder)}`,
      `--max-old-space-size=${limits.memoryMb}`,
    ],
  });
  return new ConfinedProcess(executor, [folder, guardFolder], limits);
}

const notReached = "not reached within the limit of time";

class ConfinedProcess implements Confined {
  readonly #executor: Executor;
  readonly #folders: readonly string[];
  readonly #limits: Limits;
  readonly #until: number;

  constructor(executor: Executor, folders: readonly string[], limits: Limits) {
    this.#executor = executor;
    this.#folders = folders;
    this.#limits = limits;
    this.#until = performance.now() + 1000 * limits.seconds;
  }

  async run(source: string, isPublished: boolean): Promise<CellEnd> {
    const leftMs = this.#until - performance.now();
    if (leftMs <= 0) return { outputs: [], error: notReached, isLast: true };
    const outputs: Output[] = [];
    let leftBytes = isPublished ? Infinity : this.#limits.outputBytes;
    let why: string | undefined;
    let isOver = false;
    const stop = (words: string): void => {
      if (why !== undefined) return;
      why = words;
      this.#executor.interrupt({ killAfterMs: 1000 });
    };
    const timer = setTimeout(() => stop("stopped at the limit of time"), leftMs);
    const outcome = await this.#executor.execute(source, {
      onOutput: (output) => {
        // What a cell left running speaks on in its name, and must not stop the cell that runs by then.
        if (isOver) return;
        leftBytes -= sizeOf(output);
        if (leftBytes < 0) stop("stopped at the limit of output");
        // A published cell has no size to keep to, and what a learner's cell left running may speak during it.
        else if (!isPublished) outputs.push(output);
      },
    });
    isOver = true;
    clearTimeout(timer);
    const error = outcome.status === "error" ? wordsOf(outcome.error) : undefined;
    const hasEnded = outcome.status === "error" && outcome.exited === true;
    return { outputs, error: why ?? error, isLast: why !== undefined || hasEnded };
  }

  async close(): Promise<void> {
    this.#executor.interrupt({ killAfterMs: 0 });
    await this.#executor.close();
    for (const folder of this.#folders) rmSync(folder, { recursive: true, force: true });
  }
}

function wordsOf({ ename, evalue }: { ename: string; evalue: string }): string {
  return ename === "NotDone" ? "not done" : `${ename}: ${evalue.split("\n")[0]}`;
}

/** Infinity for what has no text, such as a bigint. */
function sizeOf(output: Output): number {
  try {
    return JSON.stringify(output).length;
  } catch {
    return Infinity;
  }
}

/** The options of Node that take rights away; those of Node 20 have another name. */
function permissions(folder: string, guardFolder: string): string[] {
  const isOld = !process.allowedNodeEnvironmentFlags.has("--permission");
  const root = packageRoot();
  const packages = join(root, "node_modules");
  const readable = [
    root,
    ...(existsSync(packages) ? [realpathSync(packages)] : []),
    dataDir(),
    folder,
    guardFolder,
  ].filter((path) => existsSync(path));
  return [
    isOld ? "--experimental-permission" : "--permission",
    // A folder stands for all that is in it; Node 20 fails when it is given twice.
    ...readable.filter(isNotInOther).map((path) => `--allow-fs-read=${path}`),
    `--allow-fs-write=${folder}`,
    "--allow-worker",
    ...(process.allowedNodeEnvironmentFlags.has("--allow-addons") ? ["--allow-addons"] : []),
  ];
}

function isNotInOther(path: string, at: number, all: readonly string[]): boolean {
  return all.every((other, i) => (other === path ? i >= at : !path.startsWith(`${other}${sep}`)));
}
