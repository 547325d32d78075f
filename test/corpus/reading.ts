import { mkdtemp, readdir, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { readNotebook } from "../../cli/run/find-notebook.ts";
import { unpack } from "../../data-fetch/unpack/unpack.ts";
import { readCsvColumns } from "../../src/io/csv/index.ts";
import { readFifCovariance, readFifEpochs, readFifEvokeds } from "../../src/io/fif/index.ts";
import { openHdf5, type Hdf5File } from "../../src/io/hdf5/index.ts";
import { readCifti } from "../../src/io/cifti/index.ts";
import { readGifti } from "../../src/io/gifti/index.ts";
import { readImage } from "../../src/io/image/index.ts";
import { readMat } from "../../src/io/mat/index.ts";
import { readMgh } from "../../src/io/mgh/index.ts";
import { readNifti } from "../../src/io/nifti/index.ts";
import { readNpy, readNpyObject, readNpz } from "../../src/io/npy/index.ts";
import { readStc } from "../../src/io/stc/index.ts";
import { checkEpochs, checkEvoked } from "../io/fif/sound.ts";
import { checkSound } from "../io/nifti/sound.ts";
import { checkArray, checkColumns, checkImage, checkMat } from "./sound.ts";

/** Each format of the corpus with the reader that a user would call, which reads everything the file holds. */
export const readers = {
  epochs: async (path) => checkedBy(checkEpochs, await readFifEpochs(path)),
  evokeds: async (path) => (await readFifEvokeds(path)).map((one) => checkedBy(checkEvoked, one)),
  covariance: (path) => readFifCovariance(path),
  nifti: async (path) => checkedBy(checkSound, await readNifti(path)),
  hdf5: readAll,
  mat: async (path) => checkedBy(checkMat, await readMat(path)),
  npy: async (path) => checkedBy(checkArray, await readNpy(path)),
  pickle: (path) => readNpyObject(path),
  npz: async (path) => {
    const arrays = await readNpz(path);
    arrays.forEach(checkArray);
    return arrays;
  },
  image: async (path) => ({ ...checkedBy(checkImage, await readImage(path)), name: "" }),
  csv: async (path) => checkedBy(checkColumns, await readCsvColumns(path)),
  gifti: (path) => readGifti(path),
  mgh: (path) => readMgh(path),
  cifti: (path) => readCifti(path),
  stc: (path) => readStc(path),
  notebook: async (path) => readNotebook(path).cells,
  zip: (path) => unpacked(path, "zip"),
  tgz: (path) => unpacked(path, "tar.gz"),
  gz: (path) => unpacked(path, "gz"),
} as const satisfies Record<string, (path: string) => Promise<unknown>>;

export type FormatName = keyof typeof readers;

function checkedBy<Value>(check: (value: Value) => void, value: Value): Value {
  check(value);
  return value;
}

/** Every group, data set and attribute of an HDF5 file, by its path. */
async function readAll(path: string): Promise<Map<string, unknown>> {
  const file = await openHdf5(path);
  try {
    const found = new Map<string, unknown>();
    await walk(file, "/", found, 0);
    return found;
  } finally {
    await file.close();
  }
}

/** Links may lead back to where they come from; the walk of scripts/check-readers.py is as deep. */
const mostDepth = 5;

async function walk(file: Hdf5File, path: string, found: Map<string, unknown>, depth: number) {
  const { kind, keys, attributes, shape } = await file.describe(path);
  found.set(path, [kind, shape]);
  for (const name of attributes) found.set(`${path}@${name}`, await file.attribute(path, name));
  if (kind === "dataset") {
    const array = await file.read(path);
    checkArray(array);
    found.set(path, array);
  }
  if (depth >= mostDepth) return;
  for (const key of keys) await walk(file, `${path === "/" ? "" : path}/${key}`, found, depth + 1);
}

/** Unpacks into a folder of its own; when it is refused, nothing may be left there. */
async function unpacked(path: string, format: "zip" | "tar.gz" | "gz") {
  const folder = await mkdtemp(join(dirname(path), "into-"));
  try {
    const files = await unpack(path, join(folder, "into"), { format }, { onProgress: false });
    // The one file in a .gz is called after its archive.
    const nameOf = (name: string) => (format === "gz" ? "" : name);
    return new Map(files.map((file) => [nameOf(file.path), file.sha256] as const));
  } catch (error) {
    const left = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = left.filter((entry) => !entry.isDirectory());
    if (files.length > 0)
      throw new Error(`${basename(path)} left ${files.map(({ name }) => name).join()}`, {
        cause: error,
      });
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
