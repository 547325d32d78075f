import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { writeText } from "../../src/core/write-text.ts";

/** A file that came out of an archive. */
export interface UnpackedFile {
  /** Relative to the data set's folder, with slashes. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** What came out of an archive; written when all of it is in place. */
export interface Manifest {
  readonly archiveBytes: number;
  readonly files: readonly UnpackedFile[];
}

/** The manifest of an archive that was unpacked into a folder; undefined when it was not, or not to its end. */
export async function readManifest(folder: string, archive: string): Promise<Manifest | undefined> {
  const text = await readFile(manifestPath(folder, archive), "utf8").catch(() => "");
  try {
    const found = JSON.parse(text) as Partial<Manifest>;
    const { archiveBytes, files } = found;
    if (typeof archiveBytes !== "number" || !Array.isArray(files)) return undefined;
    return { archiveBytes, files };
  } catch {
    return undefined;
  }
}

export async function writeManifest(
  folder: string,
  archive: string,
  manifest: Manifest,
): Promise<void> {
  await writeText(manifestPath(folder, archive), JSON.stringify(manifest, null, 1) + "\n");
}

function manifestPath(folder: string, archive: string): string {
  return join(folder, `.${basename(archive)}.unpacked.json`);
}
