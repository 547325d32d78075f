import { readFileSync } from "node:fs";
import { rawTarGz, rawZip } from "../data-fetch/archives.ts";
import { inGzip, inMat, inZip, type Container } from "./containers.ts";
import { checksummed, manyBlocks } from "./cases/hdf5-bytes.ts";
import { inHdf5 } from "./hdf5-checksums.ts";
import { text, type Bytes } from "./corpus-case.ts";
import type { FormatName } from "./reading.ts";

/** A good file that is damaged again and again, and what may become of it. */
export interface MutationSource {
  readonly format: FormatName;
  /** Name of the file, whose ending its copies get. */
  readonly name: string;
  readonly bytes: Bytes;
  /** Copies in a run of 20,000. */
  readonly share: number;
  /** Every byte that matters has a checksum: a copy that is read gives what the good file gives. */
  readonly checksummed?: true;
  /**
   * From here on, values alone: a copy changed only there has the same shape, and no more values differ than bytes do.
   */
  readonly valuesFrom?: (bytes: Uint8Array) => number;
  /**
   * What may become of a copy that is cut short: `refused`; `fewer`: its first variables, unchanged; `read`: anything,
   * as text does not say how long it is.
   */
  readonly cut: "refused" | "fewer" | "read";
  /** The copy is damaged within its container, whose checksums are made right again. */
  readonly within?: Container;
}

const fixture = (path: string) => () =>
  new Uint8Array(readFileSync(new URL(`../fixtures/${path}`, import.meta.url)));

function source(
  format: FormatName,
  path: string,
  share: number,
  more: Partial<MutationSource> = {},
): MutationSource {
  return { format, name: path, bytes: fixture(path), share, cut: "refused", ...more };
}

const checked = { checksummed: true } as const;
const niftiValues = (bytes: Uint8Array) =>
  new DataView(bytes.buffer).getFloat32(108, bytes[0] === 0x5c);
const npyValues = (bytes: Uint8Array) => 10 + new DataView(bytes.buffer).getUint16(8, true);
const bmpValues = (bytes: Uint8Array) => new DataView(bytes.buffer).getUint32(10, true);

const archived = [
  { name: "data/a.txt", bytes: Buffer.from("first"), deflate: true },
  { name: "data/b.bin", bytes: Buffer.alloc(3000, "second"), deflate: true },
  { name: "c.txt", bytes: Buffer.from("third, which is stored") },
];

const table = Array.from({ length: 40 }, (_, row) => `f${row},${row * 0.25},"a, ""b""",NA\r\n`);
const cells = ["# A title\n\nwith text", "let seed = 1;\n", "const x = [1, 2, 3];\nx\n"].map(
  (source, at) => ({
    cell_type: at === 0 ? "markdown" : "code",
    id: `cell-${at}`,
    metadata: at === 1 ? { tags: ["parameters"] } : {},
    source: source.split(/(?<=\n)/),
    ...(at === 0 ? {} : { execution_count: null, outputs: [] }),
  }),
);

export const mutationSources: readonly MutationSource[] = [
  source("epochs", "fif/small-epo.fif", 1200),
  source("epochs", "fif/complex-epo.fif", 500),
  source("epochs", "fif/gz-epo.fif.gz", 300, checked),
  source("evokeds", "fif/two-ave.fif", 700),
  source("covariance", "fif/full-cov.fif", 800),
  source("nifti", "nifti/be_int16.nii", 900, { valuesFrom: niftiValues }),
  source("nifti", "nifti/u8_nocodes.nii", 900, { valuesFrom: niftiValues }),
  source("nifti", "nifti/int32_slope0_ext.nii", 500, { valuesFrom: niftiValues }),
  source("nifti", "nifti/nifti2_f32.nii.gz", 500, checked),
  source("nifti", "nifti/int16_scl_4d.nii.gz", 500, checked),
  source("nifti", "nifti/mask.nii.gz", 500, checked),
  source("npy", "npy/c_f8.npy", 900, { valuesFrom: npyValues }),
  source("npy", "npy/be_f8.npy", 500, { valuesFrom: npyValues }),
  source("npy", "npy/u12.npy", 700),
  source("npy", "npy-more/rank4_f.npy", 500, { valuesFrom: npyValues }),
  source("npz", "npy/plain.npz", 800, checked),
  source("npz", "npy/compressed.npz", 800, checked),
  source("image", "image/grey8.bmp", 500, { valuesFrom: bmpValues, cut: "read" }),
  source("image", "image/palette4.bmp", 400, { cut: "read" }),
  source("image", "image/rle8.bmp", 400, { cut: "read" }),
  source("image", "image/fields565.bmp", 300, { cut: "read" }),
  source("image", "image/colour.png", 500, checked),
  source("image", "image/palette.png", 500, checked),
  source("image", "image/alpha.png", 400, checked),
  source("image", "image/colour.jpg", 500),
  source("image", "image/grey.jpg", 400),
  {
    format: "csv",
    name: "table.csv",
    bytes: text(`item,onset,note,empty\r\n${table.join("")}`),
    share: 1100,
    cut: "read",
  },
  {
    format: "notebook",
    name: "notebook.ipynb",
    bytes: text(JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }, null, 1)),
    share: 1000,
    cut: "refused",
  },
  { format: "zip", name: "a.zip", bytes: rawZip(archived), share: 500, cut: "refused", ...checked },
  {
    format: "tgz",
    name: "a.tgz",
    bytes: rawTarGz(archived),
    share: 400,
    cut: "refused",
    ...checked,
  },
  {
    format: "gz",
    name: "a.txt.gz",
    bytes: fixture("nifti/mask.nii.gz"),
    share: 300,
    cut: "refused",
    ...checked,
  },
  source("mat", "mat/v5.mat", 800, { cut: "fewer" }),
  source("mat", "mat/v7.mat", 800, { cut: "fewer", ...checked }),
  source("mat", "mat/v7.mat", 500, { within: inMat }),
  source("mat", "mat/v4.mat", 300, { cut: "fewer" }),
  source("mat", "mat/v4-big.mat", 200, { cut: "fewer" }),
  source("npz", "npy/plain.npz", 400, { within: inZip }),
  source("npz", "npy/compressed.npz", 400, { within: inZip }),
  source("nifti", "nifti/nifti2_f32.nii.gz", 400, { within: inGzip }),
  source("nifti", "nifti/int16_scl_4d.nii.gz", 400, { within: inGzip }),
  source("epochs", "fif/gz-epo.fif.gz", 300, { within: inGzip }),
  source("mat", "mat/v73.mat", 40),
  source("hdf5", "hdf5/basic.h5", 40),
  {
    format: "hdf5",
    name: "checksummed.h5",
    bytes: checksummed,
    share: 80,
    cut: "refused",
    ...checked,
  },
  {
    format: "hdf5",
    name: "checksummed.h5",
    bytes: checksummed,
    share: 60,
    cut: "refused",
    within: inHdf5,
  },
  {
    format: "hdf5",
    name: "many-blocks.h5",
    bytes: manyBlocks,
    share: 100,
    cut: "refused",
    within: inHdf5,
  },
];
