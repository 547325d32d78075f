import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type { FifEpochs } from "../../../src/io/fif/index.ts";
import { data, good, liars, strangers } from "../../io/fif/bad-files.ts";
import { fixture } from "../../io/fif/fixtures.ts";
import { packedZeros } from "../../io/packed-zeros.ts";
import { joined, refusedCases, type CorpusCase, type Refused } from "../corpus-case.ts";

const evokeds = new Uint8Array(readFileSync(fixture("two-ave.fif")));
const covariance = new Uint8Array(readFileSync(fixture("full-cov.fif")));
const packed = Uint8Array.from(gzipSync(good));

const cuts = (bytes: Uint8Array): Refused[] => [
  ["its first tag alone", bytes.subarray(0, 36), /expected|found/],
  ["cut in the middle", bytes.subarray(0, bytes.length >> 1), /expected|found/],
  ["the last byte missing", bytes.subarray(0, -1), /expected|found/],
];

const epochs: Refused[] = [
  ...liars,
  ...strangers.map(([name, bytes]): Refused => [name, bytes, /expected .+, found/]),
  ...cuts(good),
  ["evokeds where epochs are wanted", evokeds, /epochs/],
  ["a covariance where epochs are wanted", covariance, /something else/],
];

const packedEpochs: Refused[] = [
  ["packed and cut", packed.subarray(0, packed.length >> 1), /gzip data/],
  ["packed without its checksum", packed.subarray(0, -8), /gzip data/],
  ["packed with a wrong checksum", changedByte(packed, packed.length - 6), /gzip data/],
  ["packed with a flipped byte", changedByte(packed, packed.length >> 1), /expected .+, found/],
  [
    "a bomb behind good epochs",
    () => joined(packed, packedZeros(192)),
    /packed bytes after the last tag/,
  ],
];

function changedByte(bytes: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at] ^= 0x10;
  return copy;
}

export const fifCases: readonly CorpusCase[] = [
  ...refusedCases("epochs", "-epo.fif", epochs),
  ...refusedCases("epochs", "-epo.fif.gz", packedEpochs),
  ...refusedCases("evokeds", "-ave.fif", [
    ...cuts(evokeds),
    ["epochs where evokeds are wanted", good, /evoked/],
  ]),
  ...refusedCases("covariance", "-cov.fif", [
    ...cuts(covariance),
    ["epochs where a covariance is wanted", good, /covariance/],
  ]),
  { format: "epochs", name: "packed", ending: "-epo.fif.gz", bytes: packed, as: good },
  {
    format: "epochs",
    name: "packed under a name that does not say so",
    ending: "-epo.fif",
    bytes: packed,
    as: good,
  },
  {
    format: "epochs",
    name: "its first tag twice",
    ending: "-epo.fif",
    bytes: joined(good.subarray(0, 36), good),
    as: good,
  },
  {
    format: "epochs",
    name: "packed in two members",
    ending: "-epo.fif.gz",
    bytes: joined(gzipSync(good.subarray(0, data)), gzipSync(good.subarray(data))),
    as: good,
  },
  {
    format: "epochs",
    name: "a sample changed, as no checksum tells",
    ending: "-epo.fif",
    bytes: changedByte(good, data + 16 + 1),
    gives: ({ shape, data: values }: FifEpochs) => shape[0] > 0 && values.length > 0,
  },
];
