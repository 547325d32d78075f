import process from "node:process";

/** What the kernel runs on, for who asks what it is. */
export const runsOn: string = `Node ${process.versions.node}`;

/** Says what went wrong in the kernel itself where its owner looks. */
export function problem(text: string): void {
  process.stderr.write(`tsrsa kernel: ${text}\n`);
}

/** The folder the kernel was started in. */
export function ownFolder(): string {
  return process.cwd();
}

/** What whoever started the executor asked for by a name. */
export function setting(name: string): string | undefined {
  return process.env[name];
}

/** Calls once after a while; nothing is kept alive for it. */
export function callLater(work: () => void, ms: number): void {
  setTimeout(work, ms).unref();
}
