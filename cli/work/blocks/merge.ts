import { writeNpy } from "../../../src/io/npy/index.ts";
import { mergeBlocks } from "../../../src/engine/merge-blocks.ts";
import { openSet } from "../../../src/engine/open-set.ts";
import { checkOutput } from "../../check-output.ts";
import { UsageError } from "../../usage-error.ts";

/** The options of `tsrsa merge`. */
export interface MergeArguments {
  readonly out?: string;
}

/**
 * Finish plans whose blocks are all there: by the commands that made them, or as a plain array of numbers.
 *
 * @param call - runs a command line of ours.
 */
export async function runMerge(
  target: string,
  { out }: MergeArguments,
  call: (words: readonly string[]) => Promise<void>,
): Promise<void> {
  const { folder, plans } = await openSet(target);
  if (out !== undefined && plans.length !== 1)
    throw new UsageError(`--out takes one plan, and ${target} has ${plans.length}: name its file`);
  if (out !== undefined)
    await checkOutput(out, [target, ...plans.map((plan) => folder.planPath(plan))]);
  const commands = new Map<string, string | undefined>();
  for (const plan of plans) {
    const { values, sha256 } = await mergeBlocks(folder, plan);
    console.log(`${folder.planPath(plan)}: ${plan.nUnits} units, sha256 ${sha256}`);
    if (out !== undefined)
      await writeNpy(out, { data: values, shape: [plan.nUnits, plan.unitLength] });
    else if (plan.command !== undefined)
      commands.set(JSON.stringify(plan.command), plan.workingFolder);
    else throw new UsageError(`no command made ${folder.planPath(plan)}: give --out VALUES.npy`);
  }
  for (const [command, workingFolder] of commands) {
    if (workingFolder !== undefined) process.chdir(workingFolder);
    await call([...(JSON.parse(command) as string[]), "--engine", "merge"]);
  }
}
