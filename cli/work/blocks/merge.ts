import { resolve } from "node:path";
import { writeNpy } from "../../../src/io/npy/index.ts";
import { mergeBlocks } from "../../../src/engine/merge-blocks.ts";
import { openSet } from "../../../src/engine/open-set.ts";
import { HIDDEN } from "../../../src/core/http/shown-address.ts";
import { checkOutput } from "../../check-output.ts";
import { shown } from "../../shown.ts";
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
  const calls: PlannedCall[] = [];
  for (const plan of plans) {
    const { command, workingFolder = process.cwd() } = plan;
    const planPath = folder.planPath(plan);
    if (out === undefined && command === undefined)
      throw new UsageError(`no command made ${planPath}: give --out VALUES.npy`);
    if (out === undefined && command !== undefined)
      calls.push({ words: checked(command, planPath), workingFolder, planPath });
  }
  refuseSameOutput(calls);
  for (const plan of plans) {
    const { values, sha256 } = await mergeBlocks(folder, plan);
    console.log(`${folder.planPath(plan)}: ${plan.nUnits} units, sha256 ${sha256}`);
    if (out !== undefined)
      await writeNpy(out, { data: values, shape: [plan.nUnits, plan.unitLength] });
  }
  const different = new Map(calls.map((one) => [keyOf(one), one]));
  for (const { words, workingFolder } of different.values()) {
    console.error(shown(`in ${workingFolder}: tsrsa ${words.join(" ")}`));
    process.chdir(workingFolder);
    await call([...words, "--engine", "merge"]);
  }
}

/** What finishes a plan. */
interface PlannedCall {
  readonly words: readonly string[];
  readonly workingFolder: string;
  readonly planPath: string;
}

/** Commands that can be planned. */
const planned = ["rsa-nifti", "rsa-epochs", "rsa-stcs", "rsa-surface", "power", "glm"];

/** A plan may come from someone else: it finishes an analysis and gives no other command. */
function checked(command: unknown, planPath: string): readonly string[] {
  const words: unknown[] = Array.isArray(command) ? command : [];
  const isText = words.every((word) => typeof word === "string");
  if (isText && planned.includes(String(words[0]))) return withAddresses(words.map(String));
  throw new UsageError(
    shown(
      `${planPath} would give the command ${JSON.stringify(command)}, and plans are of ${planned.join(", ")}: it was changed; plan anew`,
    ),
  );
}

/** Throws `UsageError` where an address of the command had a secret, which no file keeps. */
function withAddresses(words: readonly string[]): readonly string[] {
  const bare = words.find((word) => /^(--[\w-]+=)?https?:/i.test(word) && word.includes(HIDDEN));
  if (bare === undefined) return words;
  throw new UsageError(
    `${bare} is kept without its password or signature: give the command itself again, with --engine merge`,
  );
}

/** Two analyses into one file: the later would replace the earlier, by chance of their names. */
function refuseSameOutput(calls: readonly PlannedCall[]): void {
  const first = new Map<string, PlannedCall>();
  for (const one of calls) {
    const out = outputOf(one.words);
    // What prints only replaces nothing.
    if (out === "") continue;
    const file = resolve(one.workingFolder, out);
    const other = first.get(file) ?? one;
    if (keyOf(other) !== keyOf(one))
      throw new UsageError(
        `${other.planPath} and ${one.planPath} are different commands that both write ${file}: give the file of the plan that you mean`,
      );
    first.set(file, other);
  }
}

function outputOf(words: readonly string[]): string {
  const at = words.findLastIndex((word) => word === "--out" || word.startsWith("--out="));
  return words[at] === "--out" ? words[at + 1] : (words[at] ?? "").slice("--out=".length);
}

function keyOf({ words, workingFolder }: PlannedCall): string {
  return JSON.stringify([words, workingFolder]);
}
