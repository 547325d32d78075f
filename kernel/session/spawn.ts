import type { ChildProcess } from "node:child_process";
import { fork } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";

/** How the process that runs cells is started. */
export interface SpawnOptions {
  /** Folder of the notebook: the working directory, and where imports are resolved from. */
  readonly cwd: string;
  /** File name of the notebook, for `import.meta` in cells. Default: "notebook.ts". */
  readonly notebook?: string;
  /** A file beside whose packages those are looked for that the notebook's folder lacks. */
  readonly packagesFrom?: string;
  /** Environment variables besides those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Only the variables given: none of this process's own. */
  readonly cleanEnv?: boolean;
  /** In a process group of its own, where the system has them. */
  readonly detached?: boolean;
  /** Options of Node for the process, such as `--max-old-space-size=8192`. */
  readonly nodeOptions?: readonly string[];
}

/** Starts the process that runs cells, with its two pipes. */
export function spawnExecutor(options: SpawnOptions): ChildProcess {
  return fork(executorEntry(), [], {
    cwd: options.cwd,
    serialization: "advanced",
    detached: options.detached ?? false,
    stdio: ["ignore", "pipe", "pipe", "ipc", "pipe", "pipe"],
    execArgv: [
      // An interrupted timer callback would otherwise abort the process.
      "--no-force-async-hooks-checks",
      // Loading modules from a script is marked experimental in Node 20.
      "--disable-warning=ExperimentalWarning",
      // module.register() is deprecated from Node 26 on; what replaces it is not in Node 20.
      "--disable-warning=DEP0205",
      ...contextFrames(),
      ...(options.nodeOptions ?? []),
    ],
    env: {
      ...(options.cleanEnv === true ? {} : process.env),
      ...options.env,
      ...(options.notebook === undefined ? {} : { TSRSA_NOTEBOOK: options.notebook }),
      ...(options.packagesFrom === undefined ? {} : { TSRSA_PACKAGES_FROM: options.packagesFrom }),
    },
  });
}

/** Where AsyncLocalStorage can do without async_hooks, under which no busy cell can be stopped. */
function contextFrames(): string[] {
  const flag = "--experimental-async-context-frame";
  const isDefault = Number(process.versions.node.split(".")[0]) >= 24;
  return !isDefault && process.allowedNodeEnvironmentFlags.has(flag) ? [flag] : [];
}

/** One of the pipes besides the standard ones; the types of Node know five of them only. */
export function pipeOf<T extends Readable | Writable>(child: ChildProcess, descriptor: number): T {
  return (child.stdio as readonly unknown[])[descriptor] as T;
}

/** The built entry: Node runs JavaScript only, also when this file runs from source in a test. */
function executorEntry(): string {
  const fromSource = import.meta.url.endsWith(".ts");
  const path = fromSource ? "../../dist/kernel/executor/main.js" : "../executor/main.js";
  return fileURLToPath(new URL(path, import.meta.url));
}
