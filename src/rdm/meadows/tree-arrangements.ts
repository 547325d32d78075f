import { FileFormatError } from "../../core/errors.ts";
import { withoutEndings, type Arrangement } from "./arrangement.ts";
import { personOf, type MeadowsName } from "./file-name.ts";

/** Arrangements of one person in a tree of JSON: of one task, or of several. Throws `FileFormatError`. */
export function treeArrangements(text: string, file: string, name: MeadowsName): Arrangement[] {
  const tree = parsed(text, file);
  const person = personOf(name.rest);
  if (!Array.isArray(tree.tasks)) {
    return [arrangementOf(tree, person, "rdm", file)];
  }
  const found = tree.tasks.flatMap((task: unknown, at) =>
    isObject(task) && isObject(task.task) && task.task.task_type === "multiarrange"
      ? [arrangementOf(task, { ...person, taskIndex: at }, `tasks[${at}]`, file)]
      : [],
  );
  if (found.length > 0) return found;
  throw new FileFormatError(file, "tasks", "one of the type multiarrange", "none");
}

function arrangementOf(
  task: Readonly<Record<string, unknown>>,
  meta: Arrangement["meta"],
  where: string,
  file: string,
): Arrangement {
  const { stimuli, rdm } = task;
  const called = isObject(task.task) ? task.task.name : undefined;
  if (!Array.isArray(rdm) || !rdm.every((value) => typeof value === "number"))
    throw new FileFormatError(file, `${where}: rdm`, "a list of dissimilarities", typeof rdm, {
      advice: "the task may not be finished",
    });
  const items = (Array.isArray(stimuli) ? stimuli : []).map((one: unknown) =>
    isObject(one) ? one.name : undefined,
  );
  const texts = items.filter((item) => typeof item === "string");
  if (texts.length !== items.length || items.length === 0)
    throw new FileFormatError(file, `${where}: stimuli`, "stimuli with names", "none");
  return {
    items: withoutEndings(texts),
    distances: Float64Array.from(rdm),
    meta: { ...meta, ...(typeof called === "string" ? { task: called } : {}) },
    where,
  };
}

function parsed(text: string, file: string): Readonly<Record<string, unknown>> {
  try {
    const tree: unknown = JSON.parse(text);
    if (isObject(tree)) return tree;
  } catch (cause) {
    throw new FileFormatError(file, "content", "JSON", text.slice(0, 40), { cause });
  }
  throw new FileFormatError(file, "content", "an object with tasks or an rdm", text.slice(0, 40));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
