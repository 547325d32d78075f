import { fstatSync, readFileSync, statSync } from "node:fs";
import { WorkFailed } from "./usage-error.ts";

/** Why standard output could not take what was printed; undefined as long as it could. */
let failure: NodeJS.ErrnoException | undefined;

/**
 * Standard output that closes or is full must not end the process in the middle of its work, and must not be taken for
 * success either: the work goes on, and `lostOutput` tells of it at the end.
 */
export function watchOutput(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    failure ??= error;
    process.exitCode = 1;
  });
  // There is nowhere left to say so.
  process.stderr.on("error", () => {});
}

/** A sentence when printed text was lost; empty when the reader went away, as `head` does. */
export async function lostOutput(): Promise<string | undefined> {
  await new Promise<void>((resolve) => process.stdout.write("", () => resolve()));
  if (failure === undefined) return undefined;
  if (failure.code === "EPIPE") return "";
  const reason = failure.code === "ENOSPC" ? "it is full" : failure.message;
  return `tsrsa: standard output could not be written: ${reason}`;
}

/**
 * Throws `WorkFailed` when standard output was closed by who started us (`>&-`): Node then opens /dev/null for reading
 * and writing in its place. Only for commands whose printed text is all they give: a program that starts others and
 * throws their text away looks the same.
 */
export function refuseClosedOutput(): void {
  if (wasClosed())
    throw new WorkFailed("tsrsa: standard output is closed, and the result goes there");
}

function wasClosed(): boolean {
  try {
    if (fstatSync(1).rdev !== statSync("/dev/null").rdev || !fstatSync(1).isCharacterDevice())
      return false;
    const flags = /^flags:\s*([0-7]+)/m.exec(readFileSync("/proc/self/fdinfo/1", "utf8"))?.[1];
    return flags !== undefined && (Number.parseInt(flags, 8) & 3) === 2;
  } catch {
    return false;
  }
}
