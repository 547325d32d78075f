import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as hdf5 from "h5wasm/node";

const filters = { gzip: 1, shuffle: 2, fletcher32: 3 } as const;

/** The bytes of an HDF5 file, written by the library itself, with all that it can do. */
export async function hdf5File(
  build: (file: hdf5.File) => void,
  version: "latest" | "v108" = "v108",
): Promise<Uint8Array> {
  await hdf5.ready;
  const folder = mkdtempSync(join(tmpdir(), "tsrsa-hdf5-"));
  try {
    const path = join(folder, "made.h5");
    const file = new hdf5.File(path, "w", { libver: version });
    build(file);
    file.close();
    return new Uint8Array(readFileSync(path));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Random-looking values, so that a changed byte changes one of them. */
export const values = Float64Array.from({ length: 60 }, (_, at) => Math.sin(at) * 1e3);

/** A data set in chunks under a filter. */
export function chunked(file: hdf5.File, name: string, filter: keyof typeof filters): void {
  file.create_dataset({
    name,
    data: values,
    shape: [10, 6],
    chunks: [5, 6],
    compression: filters[filter],
    compression_opts: filter === "gzip" ? [4] : [],
  });
}

/**
 * Data sets of which HDF5 checks every byte: each chunk has a Fletcher-32, and in its newest format all that says
 * where they are and what they mean has a checksum too.
 */
export const checksummed = (): Promise<Uint8Array> =>
  hdf5File((file) => {
    chunked(file, "sums", "fletcher32");
    file.create_group("group");
  }, "latest");

/** A MATLAB 7.3 file has MATLAB's own 512 bytes before HDF5's. */
export function withMatlabHeader(bytes: Uint8Array): Uint8Array {
  const all = new Uint8Array(512 + bytes.length);
  all.set(Buffer.from("MATLAB 7.3 MAT-file, Platform: GLNXA64".padEnd(124)));
  all.set([0, 2, 0x49, 0x4d], 124);
  all.set(bytes, 512);
  return all;
}

/** What MATLAB says of an array. */
export function matlab(
  made: { create_attribute: hdf5.Group["create_attribute"] },
  name: string,
): void {
  made.create_attribute("MATLAB_class", name, null, `S${name.length}`);
}

/** A file of the newest format with something of everything: groups, attributes, texts, compressed and plain values. */
export const manyBlocks = (): Promise<Uint8Array> =>
  hdf5File((file) => {
    chunked(file, "sums", "fletcher32");
    chunked(file, "packed", "gzip");
    file.create_dataset({ name: "plain", data: values.slice(0, 12), shape: [3, 4] });
    file.create_dataset({ name: "items", data: ["f001", "f002", "s001"] });
    file.create_attribute("subject", "sub-01");
    file.create_attribute("runs", [1, 2, 3], [3], "<i4");
    const group = file.create_group("group");
    group.create_dataset({ name: "inner", data: Int32Array.of(1, 2, 3) });
    for (let at = 0; at < 12; at++) group.create_attribute(`a${at}`, at);
  }, "latest");
