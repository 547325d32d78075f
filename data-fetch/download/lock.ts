import { randomBytes } from "node:crypto";
import { mkdir, open, readFile, rm, stat, utimes } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { writeError } from "../../src/core/disk-errors.ts";
import { throwIfCancelled } from "../../src/core/job.ts";
import { isLive, parseOwner, thisProcess, type Owner } from "./lock-owner.ts";

/** How a lock is kept and waited for. */
export interface LockOptions {
  readonly signal?: AbortSignal;
  /** How often the owner says that it is there, and looks whether the lock is still its own. Default 5 s. */
  readonly refreshMs?: number;
  /** A lock that did not change while it was watched for so long was left behind. Default 60 s. */
  readonly staleMs?: number;
  /** How often one who waits looks. Default 100 ms. */
  readonly lookMs?: number;
}

/** What the work under a lock may ask. */
export interface HeldLock {
  /** Aborted when the lock is no longer ours: what is done from then on may be another's to do. */
  readonly signal: AbortSignal;
  /** Throws when the lock is no longer ours; asked before anything gets its final name. */
  check(): Promise<void>;
}

/**
 * Do something while no other process does it for the same path. A lock that a dead process left behind is taken over.
 * Work whose lock was taken meanwhile (this machine slept, or could not write for a minute) is given up and begun anew
 * when the lock is free, so it must look first what is done already. No clock of another machine is believed: a lock
 * counts as left behind when it did not change while we watched.
 */
export async function withLock<Result>(
  path: string,
  work: (lock: HeldLock) => Promise<Result>,
  options: LockOptions = {},
): Promise<Result> {
  const lock = `${path}.lock`;
  for (;;) {
    const mine = await waitForLock(lock, path, options);
    const held = new Held(lock, mine, options.refreshMs ?? 5_000);
    try {
      return await work(held);
    } catch (error) {
      if (!(await held.isLost().catch(() => false))) throw error;
      throwIfCancelled(options.signal, `waiting for another download of ${path}`);
    } finally {
      await held.release();
    }
  }
}

/** The lock was lost: another process does the work now. Never leaves `withLock`. */
class LockLost extends Error {}

class Held implements HeldLock {
  readonly #lock: string;
  readonly #owner: string;
  readonly #lost = new AbortController();
  readonly #timer: NodeJS.Timeout;

  constructor(lock: string, owner: string, refreshMs: number) {
    this.#lock = lock;
    this.#owner = owner;
    this.#timer = setInterval(() => void this.#refresh().catch(() => {}), refreshMs);
    this.#timer.unref();
  }

  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  async check(): Promise<void> {
    if (await this.isLost()) throw new LockLost(`${this.#lock} was taken by another process`);
  }

  async isLost(): Promise<boolean> {
    if ((await readIfThere(this.#lock)) !== this.#owner) this.#lost.abort();
    return this.#lost.signal.aborted;
  }

  async release(): Promise<void> {
    clearInterval(this.#timer);
    const lost = await this.isLost().catch(() => true);
    if (!lost) await rm(this.#lock, { force: true });
  }

  async #refresh(): Promise<void> {
    if (await this.isLost()) return clearInterval(this.#timer);
    const now = new Date();
    await utimes(this.#lock, now, now);
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  });
}

/** Takes the lock, waiting for its owner or removing what a dead one left; returns what it says of us. */
async function waitForLock(
  lock: string,
  path: string,
  { signal, staleMs = 60_000, lookMs = 100 }: LockOptions,
): Promise<string> {
  const watch = new Watch(staleMs);
  for (;;) {
    const mine = await take(lock).catch((error: unknown) => {
      throw writeError(lock, error);
    });
    if (mine !== undefined) return mine;
    throwIfCancelled(signal, `waiting for another download of ${path}`);
    if (await watch.isLeftBehind(lock)) await removeLeftBehind(lock, watch, lookMs);
    else await sleep(lookMs);
  }
}

async function take(lock: string): Promise<string | undefined> {
  await mkdir(dirname(lock), { recursive: true });
  const owner: Owner = { ...thisProcess(), token: randomBytes(12).toString("hex") };
  const text = JSON.stringify(owner);
  const handle = await open(lock, "wx").catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return undefined;
    throw error;
  });
  if (handle === undefined) return undefined;
  try {
    await handle.writeFile(text);
    return text;
  } catch (error) {
    // A lock that names nobody would have everybody wait for nothing.
    await rm(lock, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}

/** One process alone removes it, and looks again first: the lock may be a new one by now. */
async function removeLeftBehind(lock: string, watch: Watch, lookMs: number): Promise<void> {
  const removing = `${lock}.removing`;
  if ((await take(removing)) === undefined) {
    if (await watch.ofRemoving.isLeftBehind(removing)) await rm(removing, { force: true });
    return void (await sleep(lookMs));
  }
  try {
    if (await watch.isLeftBehind(lock)) await rm(lock, { force: true });
  } finally {
    await rm(removing, { force: true });
  }
}

/** Watches a lock from outside, by a clock of our own that nobody sets. */
class Watch {
  readonly #staleMs: number;
  #seen: { readonly state: string; readonly at: number } | undefined;
  #ofRemoving: Watch | undefined;

  constructor(staleMs: number) {
    this.#staleMs = staleMs;
  }

  /** Watches the lock of those who remove locks. */
  get ofRemoving(): Watch {
    this.#ofRemoving ??= new Watch(this.#staleMs);
    return this.#ofRemoving;
  }

  /** True when its owner, a process of this machine, is dead, or when nothing changed for too long. */
  async isLeftBehind(lock: string): Promise<boolean> {
    const [found, text] = await Promise.all([
      stat(lock).catch(() => undefined),
      readFile(lock, "utf8").catch(() => undefined),
    ]);
    if (found === undefined || text === undefined) return false;
    const owner = parseOwner(text);
    if (owner?.host === hostname() && !isLive(owner)) return true;
    const state = `${found.mtimeMs} ${text}`;
    if (this.#seen?.state !== state) this.#seen = { state, at: performance.now() };
    return performance.now() - this.#seen.at > this.#staleMs;
  }
}
