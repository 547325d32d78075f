import { readFile, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { writeText } from "../../src/core/write-text.ts";

/** What a file was when its hash was found right. */
export interface CheckedFile {
  readonly bytes: number;
  readonly mtimeMs: number;
  readonly sha256?: string;
  /** Who says that this hash is right. */
  readonly by?: "publisher" | "first download";
}

type Checked = Record<string, CheckedFile | undefined>;

const fileName = ".checked.json";
let writing: Promise<void> = Promise.resolve();

/** True when the hash of a file was right before, and neither its size nor its time of change differ since. */
export async function wasChecked(path: string): Promise<boolean> {
  const [known, found] = await Promise.all([checkedNote(path), stat(path).catch(() => undefined)]);
  return (
    known !== undefined &&
    found !== undefined &&
    found.size === known.bytes &&
    found.mtimeMs === known.mtimeMs
  );
}

/** What is noted of a file; undefined when nothing is. */
export async function checkedNote(path: string): Promise<CheckedFile | undefined> {
  return (await readChecked(dirname(path)))[basename(path)];
}

/** Note that the hash of a file is right. Never throws: the note only saves time. */
export async function noteChecked(
  path: string,
  known: Pick<CheckedFile, "sha256" | "by"> = {},
): Promise<void> {
  writing = writing.then(() => addNote(path, known)).catch(() => {});
  await writing;
}

async function addNote(path: string, known: Pick<CheckedFile, "sha256" | "by">): Promise<void> {
  const folder = dirname(path);
  const { size: bytes, mtimeMs } = await stat(path);
  const note: CheckedFile = { bytes, mtimeMs, ...known };
  const notes = { ...(await readChecked(folder)), [basename(path)]: note };
  await writeText(join(folder, fileName), JSON.stringify(notes), { durable: false });
}

async function readChecked(folder: string): Promise<Checked> {
  const text = await readFile(join(folder, fileName), "utf8").catch(() => "");
  try {
    const notes = JSON.parse(text) as Checked | null;
    return Object.assign(Object.create(null) as Checked, notes);
  } catch {
    return {};
  }
}
