#!/usr/bin/env node
import { exitCodes } from "./exit-codes.ts";
import { packageVersion } from "./package-version.ts";
import { lostOutput, watchOutput } from "./standard-output.ts";

watchOutput();
process.exitCode = await main(process.argv);

async function main(argv: readonly string[]): Promise<number> {
  const code = await run(argv);
  const lost = await lostOutput();
  if (lost === undefined) return code;
  if (lost !== "") console.error(lost);
  return code === exitCodes.done ? exitCodes.failed : code;
}

async function run(argv: readonly string[]): Promise<number> {
  const version = `tsrsa ${packageVersion()}`;
  if (!asksVersionAlone(argv)) return (await import("./program.ts")).runProgram(argv, version);
  process.stdout.write(`${version}\n`);
  return exitCodes.done;
}

/** Who asks for the version alone does not wait for the commands. */
function asksVersionAlone([, , word, ...more]: readonly string[]): boolean {
  return more.length === 0 && (word === "--version" || word === "-V");
}
