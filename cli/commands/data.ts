import type { Command } from "commander";

interface ForMachines {
  readonly json?: true;
}

/** `tsrsa data`: real and demo data sets. */
export function register(program: Command): void {
  const data = program.command("data").description("real and demo data sets");
  const work = () => import("../work/data.ts");
  const removal = () => import("../work/remove-data.ts");
  data
    .command("list")
    .description("what there is")
    .option("--json", "print for machines")
    .action(async (options: ForMachines) => (await work()).listData(options));
  data
    .command("fetch")
    .description("fetch the real data, checked, and unpack them; goes on where it stopped")
    .argument("<name>")
    .option("--to <folder>", "where to; default: the data folder")
    .option("--dry-run", "only say what would be fetched")
    .option("--json", "print for machines")
    .action(async (name: string, options: ForMachines & { dryRun?: true; to?: string }) =>
      (await work()).fetchData(name, options),
    );
  data
    .command("verify")
    .description("read the real data that are here again, and say of each file what is known of it")
    .argument("<name>")
    .argument("[folder]", "where they are; default: the data folder")
    .option("--json", "print for machines")
    .action(async (name: string, folder: string | undefined, options: ForMachines) =>
      (await work()).verifyData(name, folder, options),
    );
  data
    .command("demo")
    .description("make the demo data and print their folder")
    .argument("<name>")
    .option("--json", "print for machines")
    .action(async (name: string, options: ForMachines) => (await work()).demoData(name, options));
  data
    .command("where")
    .description("print the folder of the real data")
    .argument("<name>")
    .option("--json", "print for machines")
    .action(async (name: string, options: ForMachines) => (await work()).whereData(name, options));
  data
    .command("forget")
    .description("forget the hashes of first downloads, so that files that changed since are taken")
    .argument("<name>")
    .option("--json", "print for machines")
    .action(async (name: string, options: ForMachines) => (await work()).forgetData(name, options));
  data
    .command("remove")
    .description(
      "remove what was fetched or made of a data set; asks before it removes anything else",
    )
    .argument("<name>")
    .option("--yes", "do not ask")
    .option("--json", "print for machines")
    .action(async (name: string, options: ForMachines & { yes?: true }) =>
      (await removal()).removeData(name, options),
    );
}
