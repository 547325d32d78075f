import { basename } from "node:path";
import { listen } from "../wire/zeromq.ts";
import { readConnection } from "../wire/connection.ts";
import { Kernel } from "./kernel.ts";

export interface StartOptions {
  /** The file in which Jupyter says where to listen, and the key. */
  readonly connectionFile: string;
  /** Version of this package. */
  readonly version: string;
  /** A file beside whose packages those are looked for that the notebook's folder lacks. */
  readonly packagesFrom?: string;
}

/** Runs a kernel until a front end ends it, or the program that started it has gone. */
export async function startKernel(options: StartOptions): Promise<void> {
  // Before it listens: who hears it answer may end the parent at once.
  const parent = process.ppid;
  const connection = readConnection(options.connectionFile);
  let kernel: Kernel | undefined;
  const early: Buffer[] = [];
  const transport = await listen(
    connection,
    (channel, message) => kernel?.receive(channel, message),
    (topic) => (kernel === undefined ? void early.push(topic) : kernel.welcome(topic)),
  );
  await new Promise<void>((end) => {
    kernel = new Kernel({
      transport,
      version: options.version,
      cwd: process.cwd(),
      notebook: notebookName(),
      packagesFrom: options.packagesFrom,
      startLanguage: async () => {
        const { startLanguageService } = await import("../language/language.ts");
        return startLanguageService({ cwd: process.cwd(), packagesFrom: options.packagesFrom });
      },
      onShutdown: end,
    });
    const running = kernel;
    early.forEach((topic) => running.welcome(topic));
    process.on("SIGINT", () => running.interrupt());
    for (const signal of ["SIGTERM", "SIGHUP"] as const) process.on(signal, end);
    watchParent(parent, end);
  });
  await kernel?.close();
  await transport.close();
}

/** The notebook's name, which Jupyter's server tells the kernels it starts. */
function notebookName(): string | undefined {
  const path = process.env.JPY_SESSION_NAME;
  return path === undefined || path === "" ? undefined : basename(path);
}

/** A kernel whose front end died without a word would run for ever. What the system's first process started has none. */
function watchParent(parent: number, onGone: () => void): void {
  const hasNone = parent <= 1 && process.env.JPY_PARENT_PID === undefined;
  if (hasNone || process.platform === "win32") return;
  // It may have died while this process was starting: another is the parent then.
  const other = process.ppid !== parent || isGone(Number(process.env.JPY_PARENT_PID), parent);
  if (other) return void setImmediate(onGone);
  setInterval(() => {
    if (process.ppid !== parent) onGone();
  }, 1000).unref();
}

/** True for a process that was the parent, is not any more, and does not run. */
function isGone(pid: number, parent: number): boolean {
  if (!Number.isInteger(pid) || pid <= 1 || pid === parent) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
