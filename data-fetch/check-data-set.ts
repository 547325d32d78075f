import { stat } from "node:fs/promises";
import { join } from "node:path";
import { checkedFolder } from "../src/core/gate/path.ts";
import { checkSet } from "./checked-set.ts";
import type { DataSet, RemoteFile } from "./data-set.ts";
import { checkedNote } from "./download/checked.ts";
import { pinOf } from "./download/pins.ts";
import { wrongContent } from "./signature.ts";
import { readManifest, type UnpackedFile } from "./unpack/manifest.ts";
import { verifyFile } from "./verify.ts";

/** What is known of one file of a data set. */
export interface FileCheck {
  /** Relative to the data set's folder. */
  readonly path: string;
  /**
   * `"published"`: right by the hash that its publisher states; `"first download"`: by the one of when it first came;
   * `"present"`: it is there, and nobody has told what it should be; `"wrong"`, `"missing"`: it is not the file.
   */
  readonly state: "published" | "first download" | "present" | "wrong" | "missing";
  /** What is wrong, as a sentence; empty when nothing is. */
  readonly fault: string;
}

type Hashes = Pick<RemoteFile, "bytes" | "sha256" | "md5">;

/** By what a file is judged, who says so, and the sentence when it differs. */
interface Standard {
  readonly hashes: Hashes;
  readonly by: "published" | "first download";
  readonly fault: string;
}

/**
 * Read every file of a data set again and say of each what is known of it. Nothing is asked of the network: what a
 * repository listed when the files were fetched is remembered beside them.
 *
 * @param set - the data set.
 * @param folder - where it lies.
 *
 * @example
 * import { checkDataSet, findDataSet } from "tsrsa/data";
 * async function wrongFiles(folder: string) {
 *   const checks = await checkDataSet(findDataSet("meg-faces"), folder);
 *   return checks.filter(({ state }) => state === "wrong" || state === "missing");
 * }
 */
export async function checkDataSet(set: DataSet, folder: string): Promise<FileCheck[]> {
  checkSet(set);
  checkedFolder(folder);
  const known = new Map(set.files.map((file) => [file.path, file]));
  const unpacked = await unpackedFiles(set, folder);
  const paths = new Set([...set.expects, ...unpacked.keys(), ...(await filesThere(set, folder))]);
  const checks: FileCheck[] = [];
  for (const path of paths)
    checks.push(await checkFile(folder, path, known.get(path), unpacked.get(path)));
  return checks;
}

/**
 * What a data set's folder lacks, as sentences; empty when it is complete.
 *
 * @example
 * import { findDataSet, findFaults } from "tsrsa/data";
 * const lacks = (folder: string) => findFaults(findDataSet("meg-faces"), folder);
 */
export async function findFaults(set: DataSet, folder: string): Promise<string[]> {
  const checks = await checkDataSet(set, folder);
  return checks.map(({ fault }) => fault).filter((fault) => fault !== "");
}

/** A file that came out of an archive, and the archive. */
interface Unpacked {
  readonly file: UnpackedFile;
  readonly archive: RemoteFile;
}

async function unpackedFiles(set: DataSet, folder: string): Promise<Map<string, Unpacked>> {
  const found = new Map<string, Unpacked>();
  for (const archive of set.files.filter(({ unpack }) => unpack !== undefined)) {
    const manifest = await readManifest(folder, archive.path);
    for (const file of manifest?.files ?? []) found.set(file.path, { file, archive });
  }
  return found;
}

/** Known files that are not needed, where they are there. */
async function filesThere(set: DataSet, folder: string): Promise<string[]> {
  const there = await Promise.all(
    set.files.map(async ({ path, unpack }) => unpack === undefined && isFile(join(folder, path))),
  );
  return set.files.filter((_, at) => there[at]).map(({ path }) => path);
}

async function checkFile(
  folder: string,
  path: string,
  known: RemoteFile | undefined,
  unpacked: Unpacked | undefined,
): Promise<FileCheck> {
  const place = join(folder, path);
  if (!(await isFile(place))) return { path, state: "missing", fault: `${path} is missing` };
  const standard = await standardOf(place, known, unpacked);
  if (standard === undefined) return checkContent(place, path, known?.bytes);
  const right = await verifyFile(place, standard.hashes);
  return right
    ? { path, state: standard.by, fault: "" }
    : { path, state: "wrong", fault: `${path} ${standard.fault}` };
}

/** The best that is known of what a file should be. */
async function standardOf(
  place: string,
  known: RemoteFile | undefined,
  unpacked: Unpacked | undefined,
): Promise<Standard | undefined> {
  if (known?.sha256 !== undefined || known?.md5 !== undefined) {
    const fault = "is not the file we know (its size or hash differs)";
    return { hashes: known, by: "published", fault };
  }
  if (unpacked !== undefined) return standardOfUnpacked(unpacked);
  const pinned = known === undefined ? undefined : await pinOf(known);
  const note = await checkedNote(place);
  const sha256 = pinned ?? note?.sha256;
  if (sha256 === undefined) return undefined;
  const by = pinned === undefined && note?.by === "publisher" ? "published" : "first download";
  const fault = `is not the file that was first fetched (its SHA-256 differs)`;
  return { hashes: { sha256 }, by, fault };
}

function standardOfUnpacked({ file, archive }: Unpacked): Standard {
  const published = archive.sha256 !== undefined || archive.md5 !== undefined;
  return {
    hashes: { bytes: file.bytes, sha256: file.sha256 },
    by: published ? "published" : "first download",
    fault: `is not the file that came from ${archive.path} (its SHA-256 differs)`,
  };
}

/** Without a hash, what is plainly something else can still be told. */
async function checkContent(place: string, path: string, bytes?: number): Promise<FileCheck> {
  const { size } = await stat(place);
  const why =
    bytes !== undefined && size !== bytes
      ? `it has ${size} bytes instead of ${bytes}`
      : await wrongContent(place);
  if (why === undefined) return { path, state: "present", fault: "" };
  return { path, state: "wrong", fault: `${path} is not the file that is meant: ${why}` };
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
