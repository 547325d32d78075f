import { spawn } from "node:child_process";
import process from "node:process";
import { wait } from "../waiting.ts";

/** A program that a magic runs, with its arguments. */
export interface Command {
  readonly program: string;
  readonly words: readonly string[];
  /** What an error calls it. */
  readonly name: string;
  readonly cwd?: string;
  readonly shell?: boolean;
}

/** Runs a program whose prints are the cell's. Throws when it fails; a Stop ends it, with what it started. */
export async function runCommand({ program, words, name, cwd, shell }: Command): Promise<void> {
  const isGroup = process.platform !== "win32";
  const child = spawn(program, words, {
    cwd,
    shell,
    detached: isGroup,
    stdio: ["ignore", "inherit", "inherit"],
  });
  const ended = new Promise<number | string>((done, fail) => {
    child.once("error", (error: NodeJS.ErrnoException) =>
      fail(error.code === "ENOENT" ? new Error(`there is no ${program} on this machine`) : error),
    );
    child.once("exit", (code, signal) => done(code ?? signal ?? 0));
  });
  let code: number | string | undefined;
  try {
    code = await wait(ended);
  } finally {
    if (code === undefined && child.pid !== undefined) endGroup(child.pid, isGroup);
  }
  if (code !== 0)
    throw new Error(`${name} ended with ${typeof code === "number" ? "code " : ""}${code}`);
}

function endGroup(pid: number, isGroup: boolean): void {
  try {
    process.kill(isGroup ? -pid : pid, "SIGTERM");
  } catch {
    // It has ended already.
  }
}
