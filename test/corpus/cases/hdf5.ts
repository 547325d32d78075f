import { readFileSync } from "node:fs";
import type { NpyArray } from "../../../src/io/npy/index.ts";
import type { MatValue } from "../../../src/io/mat/index.ts";
import {
  changed,
  flipped,
  joined,
  placeOf,
  refusedCases,
  text,
  type Bytes,
  type CorpusCase,
  type Refused,
} from "../corpus-case.ts";
import { checksummed, chunked, hdf5File, matlab, values, withMatlabHeader } from "./hdf5-bytes.ts";

const basic = new Uint8Array(
  readFileSync(new URL("../../fixtures/hdf5/basic.h5", import.meta.url)),
);
const plain = (): Promise<Uint8Array> =>
  hdf5File((file) => {
    file.create_dataset({ name: "a", data: values.slice(0, 6), shape: [2, 3] });
  });

/** The place of the first of these values in a file. */
const placeOfValue = (bytes: Uint8Array, value: number) =>
  placeOf(bytes, Buffer.from(new Float64Array([value]).buffer).toString("latin1"));

const flippedChunk = (filter: "gzip" | "fletcher32" | "shuffle") => async () => {
  const bytes = await hdf5File((file) => chunked(file, "a", filter));
  // The last chunk stands at the end, as it was written last.
  return flipped(bytes, filter === "gzip" ? -40 : placeOfValue(bytes, values[40]) + 6);
};

/** A file whose data set's shape, 2 × 3, was made another. */
const reshaped = (rows: bigint, columns: bigint) => async () => {
  const bytes = await plain();
  const shape = Buffer.from(new BigUint64Array([2n, 3n]).buffer).toString("latin1");
  return changed(bytes, (view) => {
    // Extent and maximal extent follow one another.
    for (const more of [0, 16]) {
      view.setBigUint64(placeOf(bytes, shape) + more, rows, true);
      view.setBigUint64(placeOf(bytes, shape) + more + 8, columns, true);
    }
  });
};

const files: Refused[] = [
  ["nothing", new Uint8Array(0), /signature: .*an empty file/],
  ["text", text("this is no HDF5 file at all"), /signature/],
  ["its signature alone", basic.subarray(0, 8), /the whole file/],
  ["a superblock alone", basic.subarray(0, 96), /the whole file/],
  ["cut in the middle", basic.subarray(0, basic.length >> 1), /the whole file/],
  ["the last byte missing", basic.subarray(0, -1), /the whole file/],
  ["a superblock of version 9", changed(basic, (view) => view.setUint8(8, 9)), /the whole file/],
  ["offsets of 255 bytes", changed(basic, (view) => view.setUint8(13, 255)), /the whole file/],
  [
    "a first group beyond the file",
    changed(basic, (view) => view.setBigUint64(64, 2n ** 40n, true)),
    /expected .+, found/,
  ],
  [
    "a flipped bit in a chunk with a checksum",
    flippedChunk("fletcher32"),
    /\/a: .*(checksum|filter)/,
  ],
  ["a flipped bit in a compressed chunk", flippedChunk("gzip"), /\/a: expected .+, found/],
  [
    "a flipped bit in a checked superblock",
    async () => flipped(await checksummed(), 12),
    /expected .+, found/,
  ],
  [
    "a flipped bit in a checked header",
    async () => flipped(await checksummed(), 60),
    /expected .+, found/,
  ],
  ["more values than there is room for", reshaped(2n ** 40n, 3n), /\/a: expected .+, found/],
  ["a shape beyond 2⁵³", reshaped(2n ** 40n, 2n ** 40n), /\/a: expected .+, found/],
  ["a million rows where two are", reshaped(1_000_000n, 3n), /\/a: expected .+, found/],
  [
    "a heap of texts that leads round in a ring",
    changed(basic, (view) => view.setUint8(18251, 17)),
    /no end after 3 s of processor time/,
  ],
  [
    "a link into another file",
    () => hdf5File((file) => file.create_external_link("/etc/hostname", "/", "out")),
    /another file \("\/etc\/hostname"\)/,
  ],
  [
    "a link to nothing",
    () => hdf5File((file) => file.create_soft_link("/nowhere", "link")),
    /link/,
  ],
  ["a link to itself", () => hdf5File((file) => file.create_soft_link("/link", "link")), /link/],
];

const reads = (name: string, bytes: Bytes, gives: CorpusCase["gives"]): CorpusCase => ({
  format: "hdf5",
  name,
  ending: ".h5",
  bytes,
  gives,
});
const holds = (wanted: ArrayLike<number>) => (found: ReadonlyMap<string, NpyArray>) => {
  const array = found.get("/a");
  return array?.kind === "number" && Array.from(array.data).join() === Array.from(wanted).join();
};
const odd: CorpusCase[] = [
  reads("a good one", plain, holds(values.slice(0, 6))),
  reads(
    "chunks with checksums",
    () => hdf5File((file) => chunked(file, "a", "fletcher32"), "latest"),
    holds(values),
  ),
  reads("shuffled chunks", () => hdf5File((file) => chunked(file, "a", "shuffle")), holds(values)),
  reads(
    "512 bytes of another program in front",
    async () => joined(new Uint8Array(512), await plain()),
    holds(values.slice(0, 6)),
  ),
  reads(
    "bytes behind the end",
    async () => joined(await plain(), "more bytes"),
    holds(values.slice(0, 6)),
  ),
  reads(
    "a group that holds itself",
    () =>
      hdf5File((file) => {
        file.create_group("g");
        file.create_hard_link("/g", "/g/self");
      }),
    (found: ReadonlyMap<string, unknown>) => found.has("/g/self/self"),
  ),
  reads(
    "a link within the file",
    () =>
      hdf5File((file) => {
        file.create_dataset({ name: "b", data: values });
        file.create_soft_link("/b", "a");
      }),
    holds(values),
  ),
  reads(
    "no values",
    () =>
      hdf5File(
        (file) => void file.create_dataset({ name: "a", data: new Float64Array(0), shape: [0, 3] }),
      ),
    holds([]),
  ),
];

/** Cells 40 deep of which each holds the next one twice: 2⁴⁰ values in a few kilobytes. */
const laughs = () =>
  hdf5File((file) => {
    const names = Array.from({ length: 40 }, (_, level) => `level${level}`);
    for (const name of names) matlab(file.create_group(name), "struct");
    names.slice(1).forEach((name, at) => {
      for (const field of ["a", "b"]) file.create_hard_link(`/${name}`, `/${names[at]}/${field}`);
    });
  });

const mat73 = (build: Parameters<typeof hdf5File>[0]) => async () =>
  withMatlabHeader(await hdf5File(build));
const good73 = mat73((file) => {
  matlab(file.create_dataset({ name: "a", data: values.slice(0, 6), shape: [2, 3] }), "double");
  matlab(
    file.create_dataset({
      name: "t",
      data: Uint16Array.from("face", (c) => c.charCodeAt(0)),
      shape: [4, 1],
      dtype: "<H",
    }),
    "char",
  );
});

const matFiles: Refused[] = [
  ["a header alone", async () => (await good73()).subarray(0, 512), /expected .+, found/],
  [
    "cut in the middle",
    async () => (await good73()).slice(0, 1500),
    /the whole file|expected .+, found/,
  ],
  ["the last byte missing", async () => (await good73()).slice(0, -1), /the whole file/],
  [
    "structs in one another without end",
    mat73((file) => {
      matlab(file.create_group("s"), "struct");
      file.create_hard_link("/s", "/s/a");
      file.create_hard_link("/s", "/s/b");
    }),
    /levels/,
  ],
  ["structs that hold one another twice", laughs, /values/],
  [
    "cells that are numbers",
    mat73((file) => matlab(file.create_dataset({ name: "c", data: values }), "cell")),
    /references/,
  ],
  [
    "letters that are fractions",
    mat73((file) =>
      matlab(
        file.create_dataset({ name: "t", data: new Float64Array([0.5, -1]), shape: [2, 1] }),
        "char",
      ),
    ),
    /expected .+, found/,
  ],
];

export const hdf5Cases: readonly CorpusCase[] = [
  ...refusedCases("hdf5", ".h5", files),
  ...odd,
  ...refusedCases("mat", ".mat", matFiles),
  {
    format: "mat",
    name: "a good one of version 7.3",
    ending: ".mat",
    bytes: good73,
    gives: (found: ReadonlyMap<string, MatValue>) => {
      const [a, t] = [found.get("a"), found.get("t")];
      return (
        a?.kind === "number" &&
        a.shape.join() === "3,2" &&
        t?.kind === "string" &&
        t.data.join() === "face"
      );
    },
  },
];
