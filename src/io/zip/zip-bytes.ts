import { crc32, deflateRaw } from "#platform/zlib";
import { InvalidArgument, Unsupported } from "../../core/errors.ts";
import { checkName } from "./zip-entry.ts";

/** A member to write. */
export interface ZipMember {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const LOCAL_SIGNATURE = 0x04034b50;
const ENTRY_SIGNATURE = 0x02014b50;
const END_SIGNATURE = 0x06054b50;
/** Names are UTF-8. */
const FLAGS = 1 << 11;
/** 1980-01-01, as numpy writes it, so that the same arrays give the same file. */
const DATE = (1 << 5) | 1;
const MOST_BYTES = 0xffffffff;

/** The pieces of a zip file in order. Throws `Unsupported` at 4 GiB, `InvalidArgument` for unsafe or repeated names. */
export async function zipChunks(
  members: readonly ZipMember[],
  options: { readonly deflate: boolean },
): Promise<Uint8Array[]> {
  if (new Set(members.map((member) => member.name)).size < members.length)
    throw new InvalidArgument("names", "the same name twice", "give each member its own name");
  const chunks: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const { name, bytes } of members) {
    checkName(name, "(zip file to write)");
    const stored = options.deflate ? await deflateRaw(bytes) : bytes;
    const encoded = encodedName(name);
    const fields = entryFields(options.deflate, crc32(bytes), stored.length, bytes.length, encoded);
    const header = record([u32(LOCAL_SIGNATURE), ...fields], encoded);
    const after = [u16(0), u16(0), u16(0), u32(0), u32(at)];
    directory.push(record([u32(ENTRY_SIGNATURE), u16(20), ...fields, ...after], encoded));
    chunks.push(header, stored);
    at += header.length + stored.length;
    if (at > MOST_BYTES || bytes.length > MOST_BYTES || members.length > 0xfffe)
      throw new Unsupported("a zip file of 4 GiB or more", "save each array as .npy instead");
  }
  return [...chunks, ...directory, endRecord(directory, at)];
}

/** The length of a name has two bytes. */
function encodedName(name: string): Uint8Array {
  const bytes = new TextEncoder().encode(name);
  if (bytes.length <= 0xffff) return bytes;
  const shown = `${name.slice(0, 40)}… (${bytes.length} bytes)`;
  throw new InvalidArgument("name", shown, "a name in a zip file has at most 65,535 bytes");
}

type Field = readonly [value: number, bytes: 2 | 4];
const u16 = (value: number): Field => [value, 2];
const u32 = (value: number): Field => [value, 4];

function entryFields(
  deflated: boolean,
  crc: number,
  stored: number,
  bytes: number,
  name: Uint8Array,
) {
  const head = [u16(20), u16(FLAGS), u16(deflated ? 8 : 0), u16(0), u16(DATE)];
  return [...head, u32(crc), u32(stored), u32(bytes), u16(name.length), u16(0)];
}

function endRecord(directory: readonly Uint8Array[], start: number): Uint8Array {
  const bytes = directory.reduce((sum, entry) => sum + entry.length, 0);
  const n = directory.length;
  const counts = [u16(0), u16(0), u16(n), u16(n)];
  return record([u32(END_SIGNATURE), ...counts, u32(bytes), u32(start), u16(0)], new Uint8Array());
}

function record(fields: readonly Field[], tail: Uint8Array): Uint8Array {
  const length = fields.reduce((sum, [, bytes]) => sum + bytes, 0);
  const result = new Uint8Array(length + tail.length);
  const view = new DataView(result.buffer);
  let at = 0;
  for (const [value, bytes] of fields) {
    if (bytes === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += bytes;
  }
  result.set(tail, length);
  return result;
}
