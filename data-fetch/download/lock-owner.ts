import { hostname } from "node:os";

/** A process, as others see it. */
export interface Owner {
  readonly pid: number;
  readonly host: string;
  /** Tells this taking of a lock from every other. */
  readonly token?: string;
}

/** This process. */
export function thisProcess(): Owner {
  return { pid: process.pid, host: hostname() };
}

/** The owner that a lock or a note names; undefined for other text. */
export function parseOwner(text: string): Owner | undefined {
  try {
    const { pid, host } = (JSON.parse(text) ?? {}) as Partial<Owner>;
    return typeof pid === "number" && typeof host === "string" ? { pid, host } : undefined;
  } catch {
    return undefined;
  }
}

/** True unless it is certain that the process has ended: of another machine nothing is certain. */
export function isLive({ pid, host }: Owner): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
