import { gzipSync } from "node:zlib";
import { rawTarGz, rawZip, type RawMember } from "../../data-fetch/archives.ts";
import {
  changed,
  flipped,
  joined,
  refusedCases,
  text,
  type CorpusCase,
  type Refused,
} from "../corpus-case.ts";

const members: readonly RawMember[] = [
  { name: "data/", type: "Directory", mode: 0o040755 },
  { name: "data/a.txt", bytes: Buffer.from("first"), deflate: true },
  { name: "data/b.bin", bytes: Buffer.alloc(5000, "second"), deflate: true },
];
const bomb = { name: "zeros", bytes: Buffer.alloc(70_000_000), deflate: true };

/** What zip and tar have in common. */
function hostile(write: (members: readonly RawMember[]) => Buffer): Refused[] {
  const withOne = (member: RawMember) => Uint8Array.from(write([...members, member]));
  const named = (name: string) => withOne({ name, bytes: Buffer.from("x") });
  return [
    ["nothing", new Uint8Array(0), /expected .+, found/],
    ["text", text("this is no archive of anything at all"), /expected .+, found/],
    ["no members", Uint8Array.from(write([])), /expected (files|a whole)/],
    ["a name that leads outside", named("../evil.txt"), /relative path inside/],
    ["a name that leads outside on the way", named("data/../../evil.txt"), /relative path inside/],
    ["a drive", named("C:\\evil.txt"), /relative path inside/],
    ["backslashes that lead outside", named("..\\evil.txt"), /relative path inside/],
    ["a name twice", named("data/a.txt"), /data\/a\.txt twice/],
    ["a name that differs by case alone", named("DATA/A.TXT"), /twice/],
    ["a file below a file", named("data/a.txt/b"), /twice/],
    ["a stream of Windows", named("data/a.txt:hidden"), /every system can store/],
    ["a control character", named("data/a\u0007"), /every system can store/],
    [
      "a symbolic link",
      withOne({ name: "l", type: "SymbolicLink", linkpath: "../../x", mode: 0o120777 }),
      /found a link/,
    ],
    ["a device", withOne({ name: "d", type: "CharacterDevice", mode: 0o020644 }), /found a device/],
    ["a pipe", withOne({ name: "p", type: "FIFO", mode: 0o010644 }), /found a device/],
    ["a bomb", () => Uint8Array.from(write([bomb])), /inflation|bomb/],
    ["cut in the middle", Uint8Array.from(write(members)).slice(0, 120), /expected .+, found/],
    ["the last byte missing", Uint8Array.from(write(members)).slice(0, -1), /expected .+, found/],
  ];
}

const zip = Uint8Array.from(rawZip(members));
const zips: Refused[] = [
  ["a wrong checksum", rawZip([{ name: "a", bytes: Buffer.from("x"), crc: 7 }]), /CRC-32/],
  [
    "more than declared",
    rawZip([{ name: "a", bytes: Buffer.alloc(5000, 1), deflate: true, declaredBytes: 100 }]),
    /a: size/,
  ],
  [
    "less than declared",
    rawZip([{ name: "a", bytes: Buffer.alloc(5000, 1), deflate: true, declaredBytes: 6000 }]),
    /a: size/,
  ],
  ["a flipped bit in the data", flipped(zip, zip.indexOf(0x50, 40) - 3), /expected .+, found/],
  ["members that share bytes", changed(zip, shareBytes), /expected .+, found/],
];

/** The last two entries of the directory point to the same member. */
function shareBytes(view: DataView): void {
  const starts: number[] = [];
  for (let at = 0; at + 46 < view.byteLength; at++)
    if (view.getUint32(at, true) === 0x02014b50) starts.push(at);
  const [before, last] = starts.slice(-2);
  view.setUint32(last + 42, view.getUint32(before + 42, true), true);
}

const tar = Uint8Array.from(rawTarGz(members));
const tars: Refused[] = [
  ["no gzip", Uint8Array.from(Buffer.alloc(2048)), /expected .+, found/],
  ["gzip of text", gzipSync("no archive of anything ".repeat(100)), /expected .+, found/],
  ["a wrong gzip checksum", flipped(tar, -6), /expected .+, found/],
  ["a flipped bit", flipped(tar, tar.length >> 1), /expected .+, found/],
  [
    "a member longer than the archive",
    rawTarGz([{ name: "a", bytes: Buffer.from("x"), declaredBytes: 1_000_000 }]),
    /expected .+, found/,
  ],
  [
    "a hard link",
    rawTarGz([{ name: "l", type: "Link", linkpath: "/etc/hostname" }]),
    /found a link/,
  ],
];

const hello = Uint8Array.from(gzipSync("hello"));
const gzs: Refused[] = [
  ["nothing", new Uint8Array(0), /expected .+, found/],
  ["no gzip", text("hello"), /gzip data/],
  ["cut short", hello.subarray(0, 12), /gzip data/],
  ["a wrong checksum", flipped(hello, -6), /gzip data/],
  ["a wrong length", flipped(hello, -2), /gzip data/],
  ["junk behind", joined(hello, "junk"), /gzip data/],
  ["a bomb", () => gzipSync(Buffer.alloc(80_000_000)), /size/],
];

export const archiveCases: readonly CorpusCase[] = [
  ...refusedCases("zip", ".zip", [...hostile(rawZip), ...zips]),
  ...refusedCases("tgz", ".tgz", [...hostile(rawTarGz), ...tars]),
  ...refusedCases("gz", ".txt.gz", gzs),
  {
    format: "zip",
    name: "a folder that is named twice",
    ending: ".zip",
    bytes: rawZip([members[0], { ...members[0], name: "data/sub/" }, ...members.slice(1)]),
    as: zip,
  },
  {
    format: "gz",
    name: "two members",
    ending: ".txt.gz",
    bytes: joined(gzipSync("hel"), gzipSync("lo")),
    as: hello,
  },
];
