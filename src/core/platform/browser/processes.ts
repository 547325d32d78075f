import { Unsupported } from "../../errors.ts";
import type { Ended, Running } from "../../machine.ts";

export function startProgram(command: readonly string[], folder?: string): Running {
  void folder;
  throw new Unsupported(`a page cannot start ${command[0]}`, "run it in Node");
}

export async function runProgram(command: readonly string[], folder?: string): Promise<Ended> {
  return startProgram(command, folder).ended;
}

export function wait(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
    signal?.addEventListener("abort", () => resolve());
  });
}
