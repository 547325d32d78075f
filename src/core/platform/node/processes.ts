import { spawn } from "node:child_process";
import type { Ended, Running } from "../../machine.ts";

/** Characters of a program's errors that are kept: the last say what went wrong. */
const mostErrors = 4000;

/** Start a program. It is told to end when this process does: its standard input is closed then. */
export function startProgram(command: readonly string[], folder?: string): Running {
  const [program, ...rest] = command;
  const child = spawn(program, rest, { cwd: folder, stdio: ["pipe", "pipe", "pipe"] });
  let [out, errors] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr
    .setEncoding("utf8")
    .on("data", (text: string) => (errors = (errors + text).slice(-mostErrors)));
  child.stdin.on("error", () => {});
  const ended = new Promise<Ended>((resolve) => {
    child.on("error", (error) =>
      resolve({ code: 127, signal: undefined, out, errors: error.message }),
    );
    child.on("close", (code, signal) =>
      resolve({ code: code ?? undefined, signal: signal ?? undefined, out, errors }),
    );
  });
  return { ended, stop: () => void child.kill("SIGTERM") };
}

/** Run a program to its end. */
export function runProgram(command: readonly string[], folder?: string): Promise<Ended> {
  return startProgram(command, folder).ended;
}

/** Resolves after so many ms, or as soon as the signal fires. */
export function wait(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      resolve();
    }
    if (signal?.aborted === true) done();
    else signal?.addEventListener("abort", done);
  });
}
