import { access, constants, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { InTheWay, NotAllowed } from "../src/core/disk-errors.ts";
import { UsageError } from "./usage-error.ts";

/**
 * Look, before the work, whether a file can be written there afterwards, and that it is none of the inputs: those are
 * what the command line names, as texts (`FILE`, `FILE:COLUMN`), lists of them, or all its options but `out`.
 * Throws `UsageError`, `InTheWay`, `NotAllowed`.
 */
export async function checkOutput(path: string, inputs: readonly unknown[]): Promise<void> {
  const name = resolve(path);
  const found = await stat(name).catch(() => undefined);
  if (found?.isDirectory() === true) throw new InTheWay(name, "folder");
  if (found === undefined) await checkFolder(dirname(name));
  else {
    await refuseInput(path, inputs.flatMap(textsIn));
    await checkRight(name);
  }
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
