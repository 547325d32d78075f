import { createHash } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Contents } from "./nodes.ts";
import { CheckpointError } from "./nodes.ts";
import { dataOf, listOf, numberOf } from "./untrusted.ts";

/** What a checkpoint file says: nothing in it has been looked at yet. */
export interface RawCheckpoint {
  readonly names: Readonly<Record<string, unknown>>;
  readonly nodes: readonly unknown[];
  readonly blobs: readonly Uint8Array<ArrayBuffer>[];
}

/**
 * A checkpoint file: a line that says what it is, the length of its JSON part, that part, the blobs (each at a multiple
 * of 8), and the SHA-256 of all before it.
 */
const magic = Buffer.from("tsrsa checkpoint 1\n");
const digestBytes = 32;
const lengthDigits = 16;

/** Writes a checkpoint: the file is the old one until the new one is complete. Returns its size in bytes. */
export function writeCheckpoint(
  path: string,
  contents: Contents,
  blobs: readonly Uint8Array[],
): number {
  const part = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
  const size = { bytes: 0 };
  const file = openSync(part, "w", 0o600);
  try {
    try {
      writeParts(file, contents, blobs, size);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(part, path);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
  return size.bytes;
}

function writeParts(
  file: number,
  contents: Contents,
  blobs: readonly Uint8Array[],
  size: { bytes: number },
): void {
  const hash = createHash("sha256");
  const put = (bytes: Uint8Array): void => {
    hash.update(bytes);
    size.bytes += bytes.length;
    for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
  };
  const lengths = blobs.map(({ byteLength }) => byteLength);
  const json = Buffer.from(JSON.stringify({ ...contents, blobs: lengths }));
  put(magic);
  put(Buffer.from(`${String(json.length).padStart(lengthDigits)}\n`));
  put(json);
  for (const blob of blobs) {
    put(new Uint8Array(padding(size.bytes)));
    put(blob);
  }
  const digest = hash.digest();
  writeSync(file, digest);
  size.bytes += digest.length;
}

/** Reads a checkpoint file that is complete. Throws `CheckpointError`, and what reading throws. */
export function readCheckpoint(path: string): RawCheckpoint {
  const bytes = new Uint8Array(readFileSync(path));
  const end = bytes.length - digestBytes;
  const start = magic.length + lengthDigits + 1;
  if (end < start || !magic.equals(bytes.subarray(0, magic.length)))
    throw new CheckpointError("it is no checkpoint of this kernel");
  const digest = createHash("sha256").update(bytes.subarray(0, end)).digest();
  if (!digest.equals(bytes.subarray(end))) throw new CheckpointError("it is damaged");
  const length = Number(Buffer.from(bytes.subarray(magic.length, start)).toString("latin1"));
  const { names, nodes, blobs } = parse(bytes.subarray(start, start + length));
  return {
    names: dataOf(names),
    nodes: listOf(nodes),
    blobs: blobsOf(bytes.subarray(0, end), start + length, listOf(blobs)),
  };
}

function parse(json: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    return dataOf(JSON.parse(Buffer.from(json.buffer, json.byteOffset, json.length).toString()));
  } catch {
    throw new CheckpointError("what should be its list of values is none");
  }
}

function blobsOf(
  bytes: Uint8Array<ArrayBuffer>,
  start: number,
  lengths: readonly unknown[],
): Uint8Array<ArrayBuffer>[] {
  let at = start;
  return lengths.map((length) => {
    at += padding(at);
    const blob = bytes.subarray(at, (at += numberOf(length)));
    if (blob.length !== length) throw new CheckpointError("it lacks some of its numbers");
    return blob;
  });
}

function padding(at: number): number {
  return (8 - (at % 8)) % 8;
}
