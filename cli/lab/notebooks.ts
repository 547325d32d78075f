import { createHash } from "node:crypto";
import { link, readFile, rename, stat, unlink } from "node:fs/promises";
import { basename } from "node:path";
import { checkNotebook } from "../../kernel/notebook/check.ts";
import { parseIpynb } from "../../kernel/notebook/ipynb.ts";
import { writeText } from "../../src/core/write-text.ts";
import { checkFileName, checkNotebookName } from "./file-names.ts";
import type { Inside } from "./inside.ts";
import { LabError } from "./lab-error.ts";

/** A notebook as the page reads it. */
export interface NotebookText {
  readonly text: string;
  /** Changes with every change of the text, whoever made it. */
  readonly version: string;
}

const mostBytes = 512 * 2 ** 20;

/** The text of a notebook. Throws `LabError`. */
export async function readNotebookText(inside: Inside, name: string): Promise<NotebookText> {
  checkNotebookName(name);
  const path = await inside.path(name);
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() !== true) throw new LabError(404, `there is no notebook ${name}`);
  if (found.size > mostBytes)
    throw new LabError(413, `${name} has ${found.size} bytes; the lab opens at most ${mostBytes}`);
  const bytes = await readFile(path);
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return { text, version: versionOf(text) };
  } catch {
    throw new LabError(422, `${name} is not text in UTF-8`);
  }
}

const writing = new Map<string, Promise<unknown>>();

/**
 * Writes a notebook that still is of `version`, or with `undefined` one that is not there yet; returns the new version.
 * The text is checked first, and takes its place only when it is whole. Throws `LabError`.
 */
export async function writeNotebookText(
  inside: Inside,
  name: string,
  text: string,
  version: string | undefined,
): Promise<string> {
  checkNotebookName(name);
  const path = await inside.path(name);
  if (version === undefined) checkFileName(basename(path));
  checkText(name, text);
  // Two tabs that save at once: the second compares with what the first wrote.
  const before = writing.get(path) ?? Promise.resolve();
  const work = before.catch(() => undefined).then(() => replace(path, name, text, version));
  writing.set(path, work);
  try {
    return await work;
  } finally {
    if (writing.get(path) === work) writing.delete(path);
  }
}

async function replace(
  path: string,
  name: string,
  text: string,
  version: string | undefined,
): Promise<string> {
  const found = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  const now = found === undefined ? undefined : versionOf(found);
  // Another tab wrote the very same: there is nothing to lose.
  if (found === text && version !== undefined) return versionOf(text);
  if (now !== version) throw conflict(name, version, now);
  await writeText(path, text);
  return versionOf(text);
}

function conflict(name: string, version: string | undefined, now: string | undefined): LabError {
  if (version === undefined) return new LabError(409, `there is a file ${name} already`);
  const what = now === undefined ? "was removed" : "was changed by another program or tab";
  return new LabError(412, `${name} ${what} since it was opened here`, { version: now });
}

/** Gives a notebook another name in its folder or another; never over a file that is there. Throws `LabError`. */
export async function renameNotebook(inside: Inside, from: string, to: string): Promise<void> {
  checkNotebookName(from);
  checkNotebookName(to);
  if (from.split(".").at(-1) !== to.split(".").at(-1))
    throw new LabError(
      422,
      `${to} is of another kind than ${from}; save it as the other kind instead`,
    );
  checkFileName(basename(to));
  const [old, fresh] = [await inside.path(from), await inside.path(to)];
  await moveTo(old, fresh).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "EEXIST") throw new LabError(409, `there is a file ${to} already`);
    if (error.code === "ENOENT") throw new LabError(404, `there is no notebook ${from}`);
    throw error;
  });
}

/** A rename would write over what is there; a second name for the file does not. */
async function moveTo(old: string, fresh: string): Promise<void> {
  try {
    await link(old, fresh);
    await unlink(old);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Some file systems know no second names.
    if (code !== "EPERM" && code !== "ENOTSUP" && code !== "ENOSYS") throw error;
    if (await stat(fresh).catch(() => undefined))
      throw Object.assign(new Error("exists"), { code: "EEXIST" });
    await rename(old, fresh);
  }
}

function checkText(name: string, text: string): void {
  if (!name.endsWith(".ipynb")) return;
  const faults = faultsOf(text);
  if (faults.length > 0)
    throw new LabError(422, `${name} was not written, it would not be a notebook: ${faults[0]}`);
}

/** A notebook of an older minor version is kept as it is, as long as its cells can be read. */
function faultsOf(text: string): string[] {
  try {
    const notebook = JSON.parse(text) as { nbformat_minor?: unknown };
    const minor = typeof notebook.nbformat_minor === "number" ? notebook.nbformat_minor : 0;
    if (minor >= 5) return checkNotebook(notebook);
    parseIpynb(text);
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

function versionOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, 22);
}
