import type { Command } from "commander";

/** `tsrsa nb`: keep the two files of a notebook in step. */
export function register(program: Command): void {
  program
    .command("nb")
    .description("notebook files")
    .command("sync")
    .description(
      "write the .ipynb beside each .ts percent script (or the .ts, where there is none)",
    )
    .argument("<notebook...>", "notebooks, with or without extension")
    .option("--check", "write nothing; fail when a pair is not in step")
    .option("--force", "write over a notebook that was changed after its script")
    .action(async (notebooks: string[], { check, force }: { check?: true; force?: true }) => {
      const { syncNotebooks } = await import("../run/sync.ts");
      await syncNotebooks(notebooks, { check: check === true, force: force === true });
    });
}
