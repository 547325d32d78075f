import { FileFormatError } from "../../core/errors.ts";
import type { Budget } from "../budget/budget.ts";
import { denseMatrix, describeTag, elementType, tagKind } from "./constants.ts";
import type { FifSource } from "./source.ts";

/** One tag of a FIF file: its header, where its data begin, and the data themselves unless they are bulk. */
export interface FifTag {
  readonly kind: number;
  readonly type: number;
  /** Bytes of data. */
  readonly size: number;
  /** Offset of the data in the (unpacked) file. */
  readonly position: number;
  /** The data; undefined for recorded signals and whatever is larger than 64 MB. */
  readonly bytes: Uint8Array | undefined;
  /** The last 16 bytes of the data of a matrix, which hold its shape. */
  readonly trailer: Uint8Array | undefined;
}

const headerBytes = 16;
/** What a tag takes in memory, however empty it is. */
const tagBytes = 2048;
const mostKeptBytes = 64 * 2 ** 20;
/** Jumps to tags before those already read. */
const mostBackwards = 10_000;

/**
 * All tags of a file in order, found by following it from the first (which must be a file id) to the last (whose
 * `next` is −1). Data that are not recorded signals are read on the way, so that a packed file is unpacked once.
 * Throws `FileFormatError` for loops, overlaps, sizes that do not fit, and a file that ends without a last tag.
 */
export async function scanTags(source: FifSource, budget: Budget): Promise<FifTag[]> {
  const tags: FifTag[] = [];
  const seen = new Set<number>();
  const spans = new Spans();
  let at: number | undefined = 0;
  while (at !== undefined) {
    if (seen.has(at)) throw fault(source, at, "next", "a position not read before", "a loop");
    budget.take(tagBytes, "number of tags");
    seen.add(at);
    const head = await readHeader(source, at);
    if (at === 0) checkFirst(source, head);
    checkHeader(source, at, head);
    if (!spans.add(at, at + headerBytes + head.size))
      throw fault(source, at, "position", "tags that do not overlap", "tags that overlap");
    tags.push(await readTag(source, at, head, budget));
    at = nextPosition(source, at, head);
  }
  await source.finish();
  return tags;
}

interface Header {
  readonly kind: number;
  readonly type: number;
  readonly size: number;
  readonly next: number;
}

async function readHeader(source: FifSource, at: number): Promise<Header> {
  if (at + headerBytes > source.size)
    throw fault(source, at, "header", `${headerBytes} bytes`, `a file of ${source.size} bytes`);
  const bytes = await source.read(at, headerBytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, headerBytes);
  return {
    kind: view.getInt32(0),
    type: view.getUint32(4),
    size: view.getInt32(8),
    next: view.getInt32(12),
  };
}

function checkFirst(source: FifSource, head: Header): void {
  if (head.kind === tagKind.fileId && head.type === elementType.id && head.size === 20) return;
  throw new FileFormatError(
    source.name,
    "first tag",
    "a file id (kind 100, type 31, 20 bytes)",
    `kind ${head.kind}, type ${head.type}, ${head.size} bytes`,
    { advice: "this is no FIF file; MNE-Python's end in -epo.fif, -ave.fif or -cov.fif" },
  );
}

function checkHeader(source: FifSource, at: number, head: Header): void {
  if (head.kind <= 0) throw fault(source, at, "kind", "a positive number", String(head.kind));
  if (head.size < 0)
    throw fault(source, at, `size of ${describeTag(head.kind)}`, "0 or more", String(head.size));
  const room = source.size - at - headerBytes;
  if (head.size > room)
    throw fault(
      source,
      at,
      `size of ${describeTag(head.kind)}`,
      `at most the ${room} bytes left in the file`,
      `${head.size}`,
    );
}

/** Stretches of a file that were read, in the file's order. */
class Spans {
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  #backwards = 0;

  /** False when the stretch has a byte of one before, or there were too many ways back. */
  add(start: number, end: number): boolean {
    const last = this.#ends.at(-1) ?? 0;
    if (start >= last) {
      this.#starts.push(start);
      this.#ends.push(end);
      return true;
    }
    if (++this.#backwards > mostBackwards) return false;
    const at = this.#starts.findIndex((other) => other > start);
    const place = at < 0 ? this.#starts.length : at;
    if ((this.#ends[place - 1] ?? 0) > start || (this.#starts[place] ?? Infinity) < end)
      return false;
    this.#starts.splice(place, 0, start);
    this.#ends.splice(place, 0, end);
    return true;
  }
}

async function readTag(
  source: FifSource,
  at: number,
  head: Header,
  budget: Budget,
): Promise<FifTag> {
  const position = at + headerBytes;
  const { kind, type, size } = head;
  const signal = kind === tagKind.epoch || kind === tagKind.dataBuffer;
  if (!signal && size <= mostKeptBytes) {
    budget.take(size, describeTag(kind));
    const bytes = Uint8Array.from(await source.read(position, size));
    return { kind, type, size, position, bytes, trailer: bytes.subarray(-16) };
  }
  const length = type >= denseMatrix ? Math.min(16, size) : 0;
  const trailer = Uint8Array.from(await source.read(position + size - length, length));
  return { kind, type, size, position, bytes: undefined, trailer };
}

function nextPosition(source: FifSource, at: number, head: Header): number | undefined {
  const end = at + headerBytes + head.size;
  if (head.next === -1) return undefined;
  if (head.next === 0) return end;
  const forward = head.next >= end;
  const inFile = head.next >= headerBytes && head.next <= source.size - headerBytes;
  if (inFile && (forward || !source.forwardOnly)) return head.next;
  throw fault(source, at, "next", "0, −1 or the position of a tag", String(head.next));
}

function fault(
  source: FifSource,
  at: number,
  field: string,
  expected: string,
  found: string,
): FileFormatError {
  return new FileFormatError(source.name, `tag at byte ${at}: ${field}`, expected, found);
}
