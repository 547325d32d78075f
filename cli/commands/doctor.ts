import type { Command } from "commander";

/** `tsrsa doctor`: what is installed, what works, what to do. */
export function register(program: Command): void {
  program
    .command("doctor")
    .description("say what is installed, what works, and what to do about the rest")
    .option("--json", "print for machines")
    .action(async (options: { json?: true }) => {
      const { runDoctor } = await import("../work/doctor/run-doctor.ts");
      await runDoctor(options);
    });
}
