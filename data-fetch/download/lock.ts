import { mkdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { throwIfCancelled } from "../../src/core/job.ts";

const refreshMs = 5_000;
/** A lock that nobody has refreshed for so long was left behind. */
const staleMs = 60_000;
const lookMs = 100;

/**
 * Do something while no other process does it for the same path. A lock that a dead process left behind is taken over.
 */
export async function withLock<Result>(
  path: string,
  work: () => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  const lock = `${path}.lock`;
  await mkdir(dirname(lock), { recursive: true });
  while (!(await take(lock))) {
    throwIfCancelled(signal, `waiting for another download of ${path}`);
    if (await isLeftBehind(lock)) await removeLeftBehind(lock);
    else await sleep(lookMs);
  }
  const refresh = setInterval(() => {
    const now = new Date();
    void utimes(lock, now, now).catch(() => {});
  }, refreshMs);
  refresh.unref();
  try {
    return await work();
  } finally {
    clearInterval(refresh);
    await rm(lock, { force: true });
  }
}

async function take(lock: string): Promise<boolean> {
  const owner = JSON.stringify({ pid: process.pid, host: hostname() });
  return writeFile(lock, owner, { flag: "wx" }).then(
    () => true,
    (error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
      throw error;
    },
  );
}

/** One process alone removes it, and looks again first: the lock may be a new one by now. */
async function removeLeftBehind(lock: string): Promise<void> {
  const removing = `${lock}.removing`;
  if (!(await take(removing))) {
    const found = await stat(removing).catch(() => undefined);
    if (found !== undefined && Date.now() - found.mtimeMs > staleMs)
      await rm(removing, { force: true });
    return void (await sleep(lookMs));
  }
  try {
    if (await isLeftBehind(lock)) await rm(lock, { force: true });
  } finally {
    await rm(removing, { force: true });
  }
}

async function isLeftBehind(lock: string): Promise<boolean> {
  const found = await stat(lock).catch(() => undefined);
  if (found === undefined) return false;
  if (Date.now() - found.mtimeMs > staleMs) return true;
  const owner = await readFile(lock, "utf8").then(parseOwner, () => undefined);
  return owner?.host === hostname() && !isAlive(owner.pid);
}

function parseOwner(text: string): { pid: number; host: string } | undefined {
  try {
    return JSON.parse(text) as { pid: number; host: string };
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
