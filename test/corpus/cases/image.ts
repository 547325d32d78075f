import { readFileSync } from "node:fs";
import { crc32, deflateSync } from "node:zlib";
import type { Image } from "../../../src/io/image/index.ts";
import { bmpLies, changed as changedBmp, good as bmp } from "../../io/image/bad-files.ts";
import { zlibZeros } from "../zlib-zeros.ts";
import {
  changed,
  flipped,
  joined,
  placeOf,
  refusedCases,
  text,
  type CorpusCase,
  type Refused,
} from "../corpus-case.ts";

const fixture = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/image/${name}`, import.meta.url)));

const bitmaps: Refused[] = [
  ...bmpLies.map(([name, change, message]): Refused => [name, changedBmp(bmp, change), message]),
  ["its first two bytes", bmp.subarray(0, 2), /expected .+, found/],
  ["a header alone", bmp.subarray(0, 54), /expected .+, found/],
  ["a row missing", bmp.subarray(0, -4), /pixels: expected/],
  [
    "a palette of 2³² − 1 colours",
    changedBmp(bmp, (v) => v.setUint32(46, 2 ** 32 - 1, true)),
    /palette/,
  ],
];

/** A chunk of a PNG, with its checksum. */
function chunk(kind: string, data: Uint8Array): Uint8Array {
  const bytes = joined(new Uint8Array(4), kind, data, new Uint8Array(4));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  view.setUint32(bytes.length - 4, crc32(bytes.subarray(4, -4)));
  return bytes;
}
const pngSignature = "\x89PNG\r\n\x1a\n";
const header = (width: number, height: number, bits = 8, colour = 0) =>
  chunk(
    "IHDR",
    changed(joined(new Uint8Array(8), Uint8Array.of(bits, colour, 0, 0, 0)), (view) => {
      view.setUint32(0, width);
      view.setUint32(4, height);
    }),
  );
const rows = (width: number, height: number) =>
  chunk("IDAT", deflateSync(new Uint8Array((width + 1) * height).fill(0)));
const end = chunk("IEND", new Uint8Array(0));
const png = joined(pngSignature, header(4, 3), rows(4, 3), end);
const colour = fixture("colour.png");

/** A PNG with a palette, whose second colour is transparent. */
const palette = (transparency: Uint8Array) =>
  joined(
    pngSignature,
    header(2, 1, 8, 3),
    chunk("PLTE", Uint8Array.of(1, 2, 3, 4, 5, 6)),
    transparency,
    chunk("IDAT", deflateSync(Uint8Array.of(0, 0, 1))),
    end,
  );
const transparency = chunk("tRNS", Uint8Array.of(255, 0));

const note = flipped(chunk("tEXt", text("Title\0a")), -1);

const pngs: Refused[] = [
  ["its signature alone", joined(pngSignature), /image data/],
  ["cut in the middle", png.subarray(0, png.length >> 1), /image data/],
  ["a flipped bit in the pixels", flipped(colour, placeOf(colour, "IDAT") + 12), /image data/],
  ["a flipped bit in the header", flipped(colour, placeOf(colour, "IHDR") + 15), /image data/],
  [
    "a flipped bit in the transparency",
    flipped(palette(transparency), placeOf(palette(transparency), "tRNS") + 5),
    /image data|chunk/,
  ],
  ["fewer rows than declared", joined(pngSignature, header(4, 3), rows(4, 2), end), /image data/],
  [
    "60,000 × 60,000 pixels",
    joined(pngSignature, header(60_000, 60_000), rows(4, 3), end),
    /at most 100000000 pixels/,
  ],
  ["a width of 0", joined(pngSignature, header(0, 3), rows(0, 3), end), /image data/],
  ["2³¹ rows", joined(pngSignature, header(4, 2 ** 31), rows(4, 3), end), /image data|at most/],
  ["7 bits", joined(pngSignature, header(4, 3, 7), rows(4, 3), end), /image data/],
  [
    "16 bits",
    joined(pngSignature, header(4, 3, 16), chunk("IDAT", deflateSync(new Uint8Array(27))), end),
    /more than 8 bits/,
  ],
  ["no pixels", joined(pngSignature, header(4, 3), end), /image data/],
  ["no header", joined(pngSignature, rows(4, 3), end), /image data/],
  [
    "a palette without colours",
    joined(pngSignature, header(4, 3, 8, 3), rows(4, 3), end),
    /image data/,
  ],
  [
    "a bomb of 16,383 × 16,384 pixels",
    () => joined(pngSignature, header(16_383, 16_384), chunk("IDAT", zlibZeros(256)), end),
    /at most 100000000 pixels/,
  ],
];

const jpg = fixture("colour.jpg");
const grey = fixture("grey.jpg");
/** A JPEG's frame header, which says how large it is. */
const frame = Buffer.from(jpg).indexOf(Buffer.of(0xff, 0xc0));
const jpgs: Refused[] = [
  ["its first three bytes", jpg.subarray(0, 3), /image data/],
  ["cut in the middle", jpg.subarray(0, jpg.length >> 1), /image data/],
  ["no end mark", grey.subarray(0, -2), /image data/],
  ["a width of 0", changed(jpg, (view) => view.setUint16(frame + 7, 0)), /image data/],
  [
    "65,535 × 65,535 pixels",
    changed(jpg, (view) => view.setUint32(frame + 5, 0xffffffff)),
    /at most 100000000 pixels|image data/,
  ],
  [
    "more rows than there are",
    changed(jpg, (view) => view.setUint16(frame + 5, 4000)),
    /image data/,
  ],
  ["12 bits", changed(jpg, (view) => view.setUint8(frame + 4, 12)), /image data|8 bits/],
  ["no frame", changed(jpg, (view) => view.setUint8(frame + 1, 0xec)), /image data/],
  ["CMYK", fixture("cmyk.jpg"), /CMYK/],
];

const strangers: Refused[] = [
  ["nothing", new Uint8Array(0), /first bytes/],
  ["a GIF", text("GIF89a\x01\0\x01\0\0\0\0;"), /first bytes/],
  [
    "an SVG that names another file",
    text('<svg xmlns="http://www.w3.org/2000/svg"><image href="/etc/hostname"/></svg>'),
    /first bytes/,
  ],
  ["a web page", text("<!doctype html><title>Sign in</title>"), /first bytes/],
];

export const imageCases: readonly CorpusCase[] = [
  ...refusedCases("image", ".bmp", bitmaps),
  ...refusedCases("image", ".png", pngs),
  ...refusedCases("image", ".jpg", jpgs),
  ...refusedCases("image", ".png", strangers),
  {
    format: "image",
    name: "a transparent palette",
    ending: ".png",
    bytes: palette(transparency),
    gives: ({ channels, data }: Image) => channels === 4 && data.join() === "1,2,3,255,4,5,6,0",
  },
  {
    format: "image",
    name: "a wrong checksum of a text, which is no pixel",
    ending: ".png",
    bytes: joined(pngSignature, header(4, 3), note, rows(4, 3), end),
    as: png,
  },
  {
    format: "image",
    name: "all pixels and no end mark",
    ending: ".png",
    bytes: png.subarray(0, -12),
    as: png,
  },
  {
    format: "image",
    name: "a PNG under another name",
    ending: ".jpg",
    bytes: png,
    gives: ({ width, height, channels }: Image) => [width, height, channels].join() === "4,3,1",
  },
];
