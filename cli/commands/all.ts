import type { Command } from "commander";
import { register as registerNb } from "./nb.ts";
import { register as registerRun } from "./run.ts";

/** Adds every command. A command's file holds its options only; the work is imported when it runs. */
export async function registerCommands(program: Command): Promise<void> {
  for (const register of [registerRun, registerNb]) register(program);
}
