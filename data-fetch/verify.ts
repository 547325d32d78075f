import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { DataSet, RemoteFile } from "./data-set.ts";

/**
 * The SHA-256 of a file, as hex.
 *
 * @example
 * import { sha256Of } from "tsrsa/data";
 * const hash = (path: string) => sha256Of(path);
 */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

/**
 * True when the file is there and is, to the byte, the one that is meant.
 *
 * @example
 * import { findDataSet, verifyFile } from "tsrsa/data";
 * const isTheRecording = (path: string) => verifyFile(path, findDataSet("eeg-priming").files[0]);
 */
export async function verifyFile(path: string, { bytes, sha256 }: RemoteFile): Promise<boolean> {
  const size = await stat(path).then(
    (found) => found.size,
    () => -1,
  );
  return size === bytes && (await sha256Of(path)) === sha256;
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
      return right ? "" : `${path} is not the file we know (its SHA-256 differs)`;
    }),
  );
  return faults.filter((fault) => fault !== "");
}
