import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { DataSet, RemoteFile } from "./data-set.ts";
import { readManifest } from "./unpack/manifest.ts";

/**
 * The SHA-256 of a file, as hex.
 *
 * @example
 * import { sha256Of } from "tsrsa/data";
 * const hash = (path: string) => sha256Of(path);
 */
export async function sha256Of(path: string): Promise<string> {
  return hashOf(path, "sha256");
}

async function hashOf(path: string, kind: "sha256" | "md5"): Promise<string> {
  const hash = createHash(kind);
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest("hex");
}

/**
 * True when the file is there and, by all that is known of it (size, SHA-256, MD5), is the one that is meant.
 *
 * @example
 * import { findDataSet, verifyFile } from "tsrsa/data";
 * const isTheRecording = (path: string) => verifyFile(path, findDataSet("eeg-priming").files[0]);
 */
export async function verifyFile(
  path: string,
  { bytes, sha256, md5 }: Pick<RemoteFile, "bytes" | "sha256" | "md5">,
): Promise<boolean> {
  const size = await stat(path).then(
    (found) => (found.isFile() ? found.size : -1),
    () => -1,
  );
  if (size < 0 || size !== (bytes ?? size)) return false;
  if (sha256 !== undefined) return (await hashOf(path, "sha256")) === sha256;
  return md5 === undefined || (await hashOf(path, "md5")) === md5;
}

/**
 * What a data set's folder lacks, as sentences; empty when it is complete.
 *
 * @example
 * import { findDataSet, findFaults } from "tsrsa/data";
 * const lacks = (folder: string) => findFaults(findDataSet("meg-faces"), folder);
 */
export async function findFaults(set: DataSet, folder: string): Promise<string[]> {
  const known = new Map(set.files.map((file) => [file.path, file]));
  const faults = await Promise.all(
    set.expects.map(async (path) => {
      const there = await stat(join(folder, path)).then(
        (found) => found.isFile(),
        () => false,
      );
      if (!there) return `${path} is missing`;
      const file = known.get(path);
      const right = file === undefined || (await verifyFile(join(folder, path), file));
      return right ? "" : `${path} is not the file we know (its size or hash differs)`;
    }),
  );
  const unpacked = await Promise.all(set.files.map((file) => findUnpackedFaults(file, folder)));
  return [...new Set([...faults, ...unpacked.flat()])].filter((fault) => fault !== "");
}

/** What came from an archive is held to the hashes of when it was unpacked. */
async function findUnpackedFaults(file: RemoteFile, folder: string): Promise<string[]> {
  if (file.unpack === undefined) return [];
  const manifest = await readManifest(folder, file.path);
  const faults: string[] = [];
  for (const { path, bytes, sha256 } of manifest?.files ?? []) {
    const there = await stat(join(folder, path)).catch(() => undefined);
    if (there === undefined) faults.push(`${path} is missing`);
    else if (!(await verifyFile(join(folder, path), { bytes, sha256 })))
      faults.push(`${path} is not the file that came from ${file.path} (its SHA-256 differs)`);
  }
  return faults;
}
