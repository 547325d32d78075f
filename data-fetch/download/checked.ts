import { readFile, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { writeText } from "../../src/core/write-text.ts";

type Checked = Record<string, { readonly bytes: number; readonly mtimeMs: number }>;

const fileName = ".checked.json";
let writing: Promise<void> = Promise.resolve();

/** True when the hash of a file was right before, and neither its size nor its time of change differ since. */
export async function wasChecked(path: string): Promise<boolean> {
  const [note, found] = await Promise.all([
    readChecked(dirname(path)),
    stat(path).catch(() => undefined),
  ]);
  const known = note[basename(path)];
  return (
    known !== undefined &&
    found !== undefined &&
    found.size === known.bytes &&
    found.mtimeMs === known.mtimeMs
  );
}

/** Note that the hash of a file is right. Never throws: the note only saves time. */
export async function noteChecked(path: string): Promise<void> {
  writing = writing.then(() => addNote(path)).catch(() => {});
  await writing;
}

async function addNote(path: string): Promise<void> {
  const folder = dirname(path);
  const { size: bytes, mtimeMs } = await stat(path);
  const notes = { ...(await readChecked(folder)), [basename(path)]: { bytes, mtimeMs } };
  await writeText(join(folder, fileName), JSON.stringify(notes));
}

async function readChecked(folder: string): Promise<Checked> {
  const text = await readFile(join(folder, fileName), "utf8").catch(() => "");
  try {
    return JSON.parse(text) as Checked;
  } catch {
    return {};
  }
}
