import type { FormatName } from "./reading.ts";

/** Bytes, or what makes them; large and slow ones are made only when they are needed. */
export type Bytes = Uint8Array | (() => Uint8Array | Promise<Uint8Array>);

/** One file of the corpus: what is wrong or odd about it, and what must happen. */
export interface CorpusCase {
  readonly format: FormatName;
  /** What is wrong, or odd. */
  readonly name: string;
  /** Ending of the file's name, from its dot. */
  readonly ending: string;
  readonly bytes: Bytes;
  /** It must be refused with a message like this … */
  readonly refused?: RegExp;
  /** … or read exactly as this other file is … */
  readonly as?: Bytes;
  /** … or give a value of which this is true. */
  readonly gives?: (value: never) => boolean;
}

/** What is wrong with a file, its bytes, and what the message must say. */
export type Refused = readonly [name: string, bytes: Bytes, message: RegExp];

/** Cases that must be refused. */
export function refusedCases(
  format: FormatName,
  ending: string,
  files: readonly Refused[],
): CorpusCase[] {
  return files.map(([name, bytes, refused]) => ({ format, name, ending, bytes, refused }));
}

/** The bytes of a case, or of what it must be read as. */
export async function bytesOf(bytes: Bytes): Promise<Uint8Array> {
  return typeof bytes === "function" ? bytes() : bytes;
}

/** A damaged copy. */
export function changed(good: Uint8Array, change: (view: DataView) => void): Uint8Array {
  const bytes = Uint8Array.from(good);
  change(new DataView(bytes.buffer));
  return bytes;
}

/** One bit flipped; a negative place counts from the end. */
export function flipped(good: Uint8Array, at: number): Uint8Array {
  const place = at < 0 ? good.length + at : at;
  return changed(good, (view) => view.setUint8(place, view.getUint8(place) ^ 0x10));
}

/** The place of a text in bytes. */
export function placeOf(bytes: Uint8Array, text: string): number {
  const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(text, 0, "latin1");
  if (at < 0) throw new Error(`the good file has no ${JSON.stringify(text)}`);
  return at;
}

/** Bytes one after the other. */
export function joined(...parts: readonly (Uint8Array | string)[]): Uint8Array {
  return Uint8Array.from(
    Buffer.concat(
      parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : part)),
    ),
  );
}

/** Text as bytes, in UTF-8. */
export function text(content: string): Uint8Array {
  return new TextEncoder().encode(content);
}
