import type { Command } from "commander";

/** `tsrsa data`: real and demo data sets. */
export function register(program: Command): void {
  const data = program.command("data").description("real and demo data sets");
  const work = () => import("../work/data.ts");
  data
    .command("list")
    .description("what there is")
    .option("--json", "print for machines")
    .action(async (options: { json?: true }) => (await work()).listData(options));
  data
    .command("fetch")
    .description("fetch the real data, checked by SHA-256")
    .argument("<name>")
    .action(async (name: string) => (await work()).fetchData(name));
  data
    .command("verify")
    .description("check the real data that are here")
    .argument("<name>")
    .argument("[folder]", "where they are; default: the data folder")
    .action(async (name: string, folder?: string) => (await work()).verifyData(name, folder));
  data
    .command("demo")
    .description("make the demo data and print their folder")
    .argument("<name>")
    .action(async (name: string) => (await work()).demoData(name));
  data
    .command("where")
    .description("print the folder of the real data")
    .argument("<name>")
    .action(async (name: string) => (await work()).whereData(name));
}
