import { storedBytes } from "#platform/block-files";
import { fileExists, siblingPath } from "#platform/files";
import { FileFormatError, MissingFile } from "../core/errors.ts";
import { BlockSet } from "./block-set.ts";
import { parsePlan, type Plan } from "./plan.ts";
import { readPlan, RunFolder } from "./run-folder.ts";

/** The blocks of a plan's file, of a list of plans, or of all plans of a folder. Throws `MissingFile`, `FileFormatError`. */
export async function openSet(target: string): Promise<BlockSet> {
  if (await fileExists(target)) return setOfFile(target);
  const folder = new RunFolder(target);
  const plans = await folder.plans();
  if (plans.length > 0) return new BlockSet(folder, plans);
  throw new MissingFile(
    `${folder.path}/plans`,
    "name a plan's file or the folder it was planned in (OUT.blocks, or what --run-dir named)",
  );
}

async function setOfFile(path: string): Promise<BlockSet> {
  const folder = new RunFolder(siblingPath(path, ".."));
  const text = new TextDecoder().decode(await storedBytes(path));
  const paths = pathsIn(text);
  if (paths === undefined)
    return new BlockSet(folder, [inPlace(parsePlan(text, path), path, folder)]);
  return new BlockSet(folder, await Promise.all(paths.map(readPlan)));
}

/** A plan's file is under its own name in its folder: a copy elsewhere would find no arrays. */
function inPlace(plan: Plan, path: string, folder: RunFolder): Plan {
  if (new RunFolder(path).path === folder.planPath(plan)) return plan;
  throw new FileFormatError(path, "name", folder.planPath(plan), path, {
    advice: "name the file where it was planned: its arrays lie beside it",
  });
}

/** Paths of a list of plans; undefined for what is none. */
function pathsIn(text: string): readonly string[] | undefined {
  try {
    const value = JSON.parse(text) as { plans?: unknown };
    const { plans } = value;
    return Array.isArray(plans) && plans.every((one) => typeof one === "string")
      ? plans
      : undefined;
  } catch {
    return undefined;
  }
}
