type Write = (text: string) => boolean;

const start = performance.now();

/** What code that is Node's own too asks of `process`; it is no global here. */
export const process = {
  env: {} as Record<string, string | undefined>,
  versions: { node: "22.0.0" },
  platform: "browser",
  pid: 1,
  stdout: { write: ((text) => (console.log(text), true)) as Write },
  stderr: { write: ((text) => (console.error(text), true)) as Write },
  cwd: (): string => "/notebook",
  cpuUsage: (since?: { user: number; system: number }) => ({
    user: (performance.now() - start) * 1000 - (since?.user ?? 0),
    system: 0,
  }),
  nextTick: (work: (...args: unknown[]) => void, ...args: unknown[]): void =>
    queueMicrotask(() => work(...args)),
};

export { process as default };
