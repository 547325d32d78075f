import { access, constants, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { InTheWay, NotAllowed } from "../src/core/disk-errors.ts";

/** Look, before the work, whether a file can be written there afterwards. Throws `InTheWay`, `NotAllowed`. */
export async function checkOutput(path: string): Promise<void> {
  const name = resolve(path);
  const found = await stat(name).catch(() => undefined);
  if (found?.isDirectory() === true) throw new InTheWay(name, "folder");
  if (found === undefined) await checkFolder(dirname(name));
  else await checkRight(name);
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
