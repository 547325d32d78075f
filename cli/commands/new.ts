import type { Command } from "commander";

/** `tsrsa new`: a folder to start from. */
export function register(program: Command): void {
  program
    .command("new")
    .description("make a folder with a notebook, and a tsconfig for the editor")
    .argument("<folder>", "a folder that is not there yet, or is empty")
    .action(async (folder: string) => {
      const { makeProject } = await import("../work/new.ts");
      await makeProject(folder);
    });
}
