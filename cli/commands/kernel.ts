import type { Command } from "commander";

interface PlaceFlags {
  readonly user?: true;
  readonly prefix?: string;
  readonly sysPrefix?: true;
  readonly json?: true;
}

/** `tsrsa kernel`: the kernel for Jupyter, JupyterLab and VS Code. */
export function register(program: Command): void {
  const kernel = program
    .command("kernel")
    .description("the TypeScript kernel for Jupyter, JupyterLab and VS Code");
  place(kernel.command("install"))
    .description("let Jupyter and VS Code find the kernel; needs no Python")
    .action(async (flags: PlaceFlags) => {
      const { installKernel } = await import("../kernel/install.ts");
      installKernel(flags);
    });
  place(kernel.command("uninstall"))
    .description("remove the kernel from where install put it; other kernels are left alone")
    .action(async (flags: PlaceFlags) => {
      const { uninstallKernel } = await import("../kernel/install.ts");
      uninstallKernel(flags);
    });
  kernel
    .command("spec")
    .description("print the kernel.json that install writes")
    .action(async () => {
      const { printSpec } = await import("../kernel/install.ts");
      printSpec();
    });
  kernel
    .command("start", { hidden: true })
    .requiredOption("--connection <file>", "the connection file Jupyter wrote")
    .action(async ({ connection }: { connection: string }) => {
      const { runKernel } = await import("../kernel/run-kernel.ts");
      await runKernel(connection);
    });
}

function place(command: Command): Command {
  return command
    .option("--user", "for this user (the default)")
    .option("--prefix <folder>", "below <folder>/share/jupyter, such as a virtual environment")
    .option("--sys-prefix", "into the active virtual or conda environment")
    .option("--json", "print what was done as JSON");
}
