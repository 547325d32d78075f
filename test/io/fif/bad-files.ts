import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { packedZeros } from "../packed-zeros.ts";
import { fixture } from "./fixtures.ts";

/** Good epochs, and where their data begin. */
export const good = new Uint8Array(readFileSync(fixture("single-epo.fif")));
const view = new DataView(good.buffer, good.byteOffset, good.length);
const at = (kind: number) => {
  let position = 0;
  while (view.getInt32(position) !== kind) position += 16 + view.getInt32(position + 8);
  return position;
};
const changed = (offset: number, value: number) => {
  const bytes = Uint8Array.from(good);
  new DataView(bytes.buffer).setInt32(offset, value);
  return bytes;
};
export const data = at(302);
const trailer = data + 16 + view.getInt32(data + 8) - 16;

/** Epochs files that lie: what is wrong, the bytes, and what the message must say. */
export const liars: readonly (readonly [string, Uint8Array, RegExp])[] = [
  [
    "a negative size",
    changed(data + 8, -5),
    /size of epoch \(tag 302\): expected 0 or more, found -5/,
  ],
  [
    "a huge size",
    changed(data + 8, 2 ** 31 - 1),
    /at most the \d+ bytes left in the file, found 2147483647/,
  ],
  [
    "more samples than bytes",
    changed(trailer, 46),
    /bytes of a matrix of shape \(37, 30, 46\), found/,
  ],
  [
    "huge dimensions",
    changed(trailer, 2 ** 31 - 1),
    /epoch \(tag 302\) at byte \d+: expected the bytes of a matrix/,
  ],
  [
    "negative dimensions",
    changed(trailer + 8, -37),
    /expected the bytes of a matrix of shape \(-37, 30, 45\)/,
  ],
  [
    "too many dimensions",
    changed(trailer + 12, 1_000_000),
    /a matrix of 1 to 3 dimensions, found 1000000/,
  ],
  [
    "a loop",
    changed(data + 12, at(200)),
    /tag at byte \d+: next: expected a position not read before, found a loop/,
  ],
  [
    "a next before the file",
    changed(data + 12, -7),
    /next: expected 0, −1 or the position of a tag, found -7/,
  ],
  [
    "a next beyond the file",
    changed(data + 12, good.length),
    /next: expected 0, −1 or the position of a tag/,
  ],
  [
    "another last sample",
    changed(at(209) + 16, 33),
    /expected 46 samples, from -12 to 33, found 45/,
  ],
  [
    "another channel count",
    changed(at(200) + 16, 31),
    /expected 31 descriptions, as the channel count says .* found 30/,
  ],
  [
    "sampling rate 0",
    changed(at(201) + 16, 0),
    /samplingRate \(tag 201\) at byte \d+: expected samples per second above 0, found 0/,
  ],
  [
    "data of an unknown type",
    changed(data + 4, 0x40000063),
    /numbers, or a dense matrix of numbers, found type 0x40000063/,
  ],
];

/** Files of another kind. */
export const strangers: readonly (readonly [string, Uint8Array])[] = [
  ["nothing", new Uint8Array(0)],
  ["text", new TextEncoder().encode("SPM{0} is a text, and no recording of anything at all")],
  ["a packed text", gzipSync("no recording ".repeat(100))],
  ["a bomb", packedZeros(192)],
];
