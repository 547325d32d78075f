/** The file by which Jupyter and VS Code know a kernel. */
export interface Kernelspec {
  readonly argv: readonly string[];
  readonly display_name: string;
  readonly language: string;
  readonly interrupt_mode: "message";
  readonly metadata: Readonly<Record<string, unknown>>;
}

/**
 * The protocol process only passes messages on. V8 would let its young generation grow to 16 MB a space all the same;
 * kept small, the process stays the size it starts with. The process that runs cells is not bound by it.
 */
export const smallYoungGeneration = "--max-semi-space-size=2";

/** The name of the kernel, as notebooks store it. */
export const kernelName = "tsrsa";

/**
 * The kernelspec that runs `entry`, the built file that starts a kernel, with `node`. Both are absolute,
 * since a notebook program may run with another PATH.
 */
export function kernelspec(node: string, entry: string): Kernelspec {
  return {
    argv: [node, smallYoungGeneration, entry, "--connection", "{connection_file}"],
    display_name: "TypeScript (tsrsa)",
    language: "typescript",
    interrupt_mode: "message",
    // The course's notebooks run under tslab too.
    metadata: { installedBy: kernelName, alternative: "tslab" },
  };
}

/** True for a kernelspec that `kernelspec` made. */
export function isOurs(value: unknown): boolean {
  const metadata = (value as Partial<Kernelspec> | null)?.metadata;
  return metadata?.installedBy === kernelName;
}
