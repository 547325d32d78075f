import { Unsupported } from "../../errors.ts";
import type { Machine } from "../../machine.ts";

function noProcesses(): Unsupported {
  return new Unsupported(
    "a page has no processes, folders or clusters to work in blocks on",
    "leave out engine, or run it in Node",
  );
}

export function thisMachine(): Machine {
  throw noProcesses();
}

export function codeFingerprint(): string {
  throw noProcesses();
}

export function packageCommand(): string[] {
  throw noProcesses();
}

export function sha256Of(parts: Iterable<Uint8Array>): string {
  void parts;
  throw noProcesses();
}

export function environmentOf(name: string): string | undefined {
  void name;
  return undefined;
}

export function peakMemory(): number {
  throw noProcesses();
}

export function processId(): number {
  throw noProcesses();
}
