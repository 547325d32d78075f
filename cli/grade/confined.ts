import { existsSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { dataDir } from "../../data-fetch/data-dir.ts";
import type { Output } from "../../kernel/executor/protocol.ts";
import { startExecutor, type Executor } from "../../kernel/session/executor-process.ts";
import { packageRoot } from "../package-version.ts";

/** What a learner's process may take. */
export interface Limits {
  /** For all cells together. */
  readonly seconds: number;
  readonly outputBytes: number;
  readonly memoryMb: number;
}

/** A process that runs a learner's cells, and what becomes of them. */
export interface Confined {
  /** Runs a cell; the outputs it gave, and how it ended. */
  run(source: string): Promise<{ outputs: readonly Output[]; error: string | undefined }>;
  close(): Promise<void>;
}

/**
 * Starts a process under Node's permission model: it reads the package and the data sets, writes into an empty folder of
 * its own, starts no program, and has none of the environment's variables. Network and signals are not kept from it by Node.
 */
export async function startConfined(limits: Limits): Promise<Confined> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "tsrsa-grade-")));
  const executor = await startExecutor({
    cwd: folder,
    packagesFrom: fileURLToPath(import.meta.url),
    cleanEnv: true,
    detached: true,
    env: {
      ...{ HOME: folder, TMPDIR: folder, TEMP: folder, TMP: folder, TSRSA_OFFLINE: "1" },
      ...{ TSRSA_DATA_DIR: dataDir(), TSRSA_CWD: folder },
    },
    nodeOptions: [...permissions(folder), `--max-old-space-size=${limits.memoryMb}`],
  });
  return new ConfinedProcess(executor, folder, limits);
}

class ConfinedProcess implements Confined {
  readonly #executor: Executor;
  readonly #folder: string;
  readonly #limits: Limits;
  readonly #until: number;
  #bytes = 0;

  constructor(executor: Executor, folder: string, limits: Limits) {
    this.#executor = executor;
    this.#folder = folder;
    this.#limits = limits;
    this.#until = performance.now() + 1000 * limits.seconds;
  }

  async run(source: string): Promise<{ outputs: readonly Output[]; error: string | undefined }> {
    const leftMs = this.#until - performance.now();
    if (leftMs <= 0) return { outputs: [], error: "not reached within the limit of time" };
    const outputs: Output[] = [];
    let why: string | undefined;
    const stop = (words: string): void => {
      why ??= words;
      this.#executor.interrupt({ killAfterMs: 1000 });
    };
    const timer = setTimeout(() => stop("stopped at the limit of time"), leftMs);
    const outcome = await this.#executor.execute(source, {
      onOutput: (output) => {
        this.#bytes += sizeOf(output);
        if (this.#bytes > this.#limits.outputBytes) stop("stopped at the limit of output");
        else outputs.push(output);
      },
    });
    clearTimeout(timer);
    const error = outcome.status === "error" ? wordsOf(outcome.error) : undefined;
    return { outputs, error: why ?? error };
  }

  async close(): Promise<void> {
    this.#executor.interrupt({ killAfterMs: 0 });
    await this.#executor.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function wordsOf({ ename, evalue }: { ename: string; evalue: string }): string {
  return ename === "NotDone" ? "not done" : `${ename}: ${evalue.split("\n")[0]}`;
}

function sizeOf(output: Output): number {
  return JSON.stringify(output).length;
}

/** The options of Node that take rights away; those of Node 20 have another name. */
function permissions(folder: string): string[] {
  const isOld = !process.allowedNodeEnvironmentFlags.has("--permission");
  const root = packageRoot();
  const packages = join(root, "node_modules");
  const readable = [
    root,
    ...(existsSync(packages) ? [realpathSync(packages)] : []),
    dataDir(),
    folder,
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
