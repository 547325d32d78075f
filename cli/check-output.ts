import { access, constants, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { InTheWay, NotAllowed } from "../src/core/disk-errors.ts";
import { shown } from "./shown.ts";
import { UsageError } from "./usage-error.ts";

/**
 * Look, before the work, whether a file can be written there afterwards, and that it is none of the inputs: those are
 * what the command line names, as texts (`FILE`, `FILE:COLUMN`), lists of them, or all its options but `out`. That a file
 * is there already, and will be replaced, is said. Throws `UsageError`, `InTheWay`, `NotAllowed`.
 */
export async function checkOutput(path: string, inputs: readonly unknown[]): Promise<void> {
  if (await canReplace(path, inputs)) console.error(shown(`${path} is there and will be replaced`));
}

/** The same for a name that the user did not give: what is there is not written over. */
export async function checkNewOutput(path: string, inputs: readonly unknown[]): Promise<void> {
  if (await canReplace(path, inputs))
    throw new UsageError(
      `${path} is there already, and is not written over unasked; move it, or name it with --out`,
    );
}

/**
 * The same for the files of a folder that a command makes anew each time: they are replaced without a word where `mark`
 * says that the folder is its own, and else not written over. Names are relative to the folder.
 */
export async function checkOwnFolder(
  folder: string,
  names: readonly string[],
  { mark, inputs }: { readonly mark: string; readonly inputs: readonly unknown[] },
): Promise<void> {
  await checkFolder(folder);
  const isOwn = await stat(join(folder, mark)).then(
    (found) => found.isFile(),
    () => false,
  );
  for (const name of names)
    if ((await canReplace(join(folder, name), inputs)) && !isOwn)
      throw new UsageError(
        `${join(folder, name)} is there already, and no ${mark} beside it says that it may be written over; ` +
          "move it, or give --out another folder",
      );
}

/** Whether a file of that name is there, that may be replaced; looks as {@link checkOutput} does, and says nothing. */
export async function canReplace(path: string, inputs: readonly unknown[]): Promise<boolean> {
  const name = resolve(path);
  const found = await stat(name).catch(() => undefined);
  if (found?.isDirectory() === true) throw new InTheWay(name, "folder");
  if (found === undefined) {
    await checkFolder(dirname(name));
    return false;
  }
  await refuseInput(path, inputs.flatMap(textsIn));
  await checkRight(name);
  return found.isFile();
}

/** By what is on the disk: the same file may have other names, by links or by a disk that knows no capitals. */
async function refuseInput(path: string, inputs: readonly string[]): Promise<void> {
  const output = await fileAt(path);
  for (const input of inputs.flatMap(pathsIn))
    if (output !== undefined && (await fileAt(input)) === output)
      throw new UsageError(
        `the output ${path} is the input ${input}, which would be lost; give --out another name`,
      );
}

/** Options that never name a file that is read. */
const noInputs = ["out", "metric", "rsaMetric"];

function textsIn(input: unknown): string[] {
  if (typeof input === "string") return [input];
  if (typeof input !== "object" || input === null) return [];
  const entries = Object.entries(input).filter(([key]) => !noInputs.includes(key));
  return entries.flatMap(([, value]) => textsIn(value));
}

/** `FILE`, and the file of `FILE:COLUMN`. */
function pathsIn(text: string): string[] {
  const colon = text.lastIndexOf(":");
  return colon > 0 ? [text, text.slice(0, colon)] : [text];
}

async function fileAt(path: string): Promise<string | undefined> {
  const found = await stat(resolve(path), { bigint: true }).catch(() => undefined);
  return found === undefined ? undefined : `${found.dev}:${found.ino}`;
}

/** Look whether a folder can be made there, and files in it. Throws `InTheWay`, `NotAllowed`. */
export async function checkFolder(path: string): Promise<void> {
  const name = resolve(path);
  const found = await stat(name).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "EACCES") throw new NotAllowed(name, "write");
    return undefined;
  });
  if (found?.isDirectory() === false) throw new InTheWay(name, "file");
  if (found !== undefined || dirname(name) === name) await checkRight(name);
  else await checkFolder(dirname(name));
}

async function checkRight(name: string): Promise<void> {
  await access(name, constants.W_OK).catch((cause: unknown) => {
    throw new NotAllowed(name, "write", { cause });
  });
}
