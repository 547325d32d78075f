import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { MissingFile } from "../src/core/errors.ts";
import { isRecord, kind } from "../src/core/gate/kinds.ts";
import { checkedPath } from "../src/core/gate/path.ts";
import type { RemoteFile } from "./data-set.ts";

/**
 * The SHA-256 of a file, as hex. Throws `MissingFile`.
 *
 * @example
 * import { sha256Of } from "tsrsa/data";
 * const hash = (path: string) => sha256Of(path);
 */
export async function sha256Of(path: string): Promise<string> {
  checkedPath(path);
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() === true) return hashOf(path, "sha256");
  throw new MissingFile(path, "check the path");
}

async function hashOf(path: string, kind: "sha256" | "md5"): Promise<string> {
  const hash = createHash(kind);
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest("hex");
}

const isFile = kind("what is known of a file, as { bytes, sha256 }", isRecord);

/**
 * True when the file is there and, by all that is known of it (size, SHA-256, MD5), is the one that is meant.
 *
 * @example
 * import { findDataSet, verifyFile } from "tsrsa/data";
 * const isTheRecording = (path: string) => verifyFile(path, findDataSet("eeg-priming").files[0]);
 */
export async function verifyFile(
  path: string,
  known: Pick<RemoteFile, "bytes" | "sha256" | "md5">,
): Promise<boolean> {
  checkedPath(path);
  isFile(known, "file");
  const { bytes, sha256, md5 } = known;
  const size = await stat(path).then(
    (found) => (found.isFile() ? found.size : -1),
    () => -1,
  );
  if (size < 0 || size !== (bytes ?? size)) return false;
  if (sha256 !== undefined) return (await hashOf(path, "sha256")) === sha256;
  return md5 === undefined || (await hashOf(path, "md5")) === md5;
}
