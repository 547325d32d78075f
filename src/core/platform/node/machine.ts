import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { availableParallelism, cpus, hostname } from "node:os";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { Machine } from "../../machine.ts";

/** Where the code of this package lies: `dist`, or the checkout itself. */
const root = fileURLToPath(new URL("../../../../", import.meta.url));

/** This machine. */
export function thisMachine(): Machine {
  const { node, v8 } = process.versions;
  const [first] = cpus();
  const cpu = first?.model.trim() ?? "unknown";
  const cores = availableParallelism();
  return { node, v8, arch: process.arch, cpu, host: hostname(), cores };
}

let fingerprint: string | undefined;

/** SHA-256 of all code of the library, file by file: equal where the same numbers come out. */
export function codeFingerprint(): string {
  return (fingerprint ??= hashOfCode());
}

function hashOfCode(): string {
  const hash = createHash("sha256");
  const folder = join(root, "src");
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /(?<!\.d)\.(js|ts)$/.test(name))
    .map((name) => name.split(sep).join("/"))
    .sort();
  for (const name of names)
    hash
      .update(name)
      .update("\0")
      .update(readFileSync(join(folder, name)));
  return hash.digest("hex");
}

/** How this package's command is called: the running Node and its file. */
export function packageCommand(): string[] {
  return [
    process.execPath,
    join(root, "cli", import.meta.url.endsWith(".ts") ? "main.ts" : "main.js"),
  ];
}

/** SHA-256 of parts one behind the other, in hexadecimal digits. */
export function sha256Of(parts: Iterable<Uint8Array>): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}

/** An environment variable; undefined when it is not set. */
export function environmentOf(name: string): string | undefined {
  return process.env[name];
}

/** The most memory that this process has had, in bytes. */
export function peakMemory(): number {
  return process.resourceUsage().maxRSS * 1024;
}

/** The number of this process. */
export function processId(): number {
  return process.pid;
}
