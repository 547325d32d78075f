import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { promisify } from "node:util";

interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  /** Grows with the time of its start. */
  readonly started: number;
  /** It leads a session of its own: who started it wants it to go on. */
  readonly isDetached: boolean;
}

/** From polite to final, one a step. */
const signals = ["SIGINT", "SIGINT", "SIGTERM", "SIGTERM", "SIGKILL"] as const;
const run = promisify(execFile);

/** The processes that the code of a cell has started, and those that these started. */
export class Descendants {
  readonly #pid: number;
  readonly #sent = new Map<number, number>();

  constructor(pid: number) {
    this.#pid = pid;
  }

  /**
   * Takes one more step to end the child that a thread in native code waits for: the youngest, since a
   * thread that waits starts no other. Older ones, such as a server, follow only when it was none of them.
   */
  async endNext(): Promise<void> {
    if (!(await isAsleep(this.#pid))) return;
    const all = await processes();
    const children = all.filter(({ parent }) => parent === this.#pid);
    children.sort((a, b) => b.started - a.started || b.pid - a.pid);
    const next = children.find(({ pid }) => this.#steps(pid) < signals.length);
    if (next === undefined) return;
    const signal = signals[this.#steps(next.pid)];
    this.#sent.set(next.pid, this.#steps(next.pid) + 1);
    for (const pid of [next.pid, ...below(all, next.pid)]) signalTo(pid, signal);
  }

  #steps(pid: number): number {
    return this.#sent.get(pid) ?? 0;
  }
}

/** Every process below `pid`, as far as the system tells, without those that were started to outlive it. */
export async function descendantsOf(pid: number): Promise<number[]> {
  const all = await processes();
  return below(
    all.filter(({ isDetached }) => !isDetached),
    pid,
  );
}

/** Sends a signal to a process that may have ended. */
export function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended.
  }
}

function below(all: readonly ProcessEntry[], pid: number): number[] {
  const children = all.filter(({ parent }) => parent === pid).map((entry) => entry.pid);
  return children.flatMap((child) => [child, ...below(all, child)]);
}

async function processes(): Promise<ProcessEntry[]> {
  if (process.platform === "linux") return fromProc();
  if (process.platform === "win32") return [];
  const listing = run("ps", ["-axo", "pid=,ppid="]);
  const { stdout } = await listing.catch(() => ({ stdout: "" }));
  const rows = stdout.split("\n").map((line) => line.trim().split(/\s+/).map(Number));
  return rows
    .filter(([pid]) => pid > 0 && pid !== listing.child.pid)
    .map(([pid, parent]) => ({ pid, parent, started: pid, isDetached: false }));
}

async function fromProc(): Promise<ProcessEntry[]> {
  const names = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const entries = await Promise.all(names.map((name) => statOf(`/proc/${name}/stat`)));
  return entries.flatMap((fields, i) => {
    if (fields === undefined) return [];
    const [parent, , session] = fields.slice(1).map(Number);
    const pid = Number(names[i]);
    return [{ pid, parent, started: Number(fields[19]), isDetached: session === pid }];
  });
}

/** True for a main thread that waits; one that computes waits for no child. */
async function isAsleep(pid: number): Promise<boolean> {
  if (process.platform !== "linux") return true;
  const fields = await statOf(`/proc/${pid}/task/${pid}/stat`);
  return fields === undefined || fields[0] !== "R";
}

/** The fields after the name, which may hold anything: state, parent, … */
async function statOf(path: string): Promise<string[] | undefined> {
  try {
    const text = await readFile(path, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
}
