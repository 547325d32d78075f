import type { ChildProcess } from "node:child_process";
import { readSync } from "node:fs";
import type { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";

type Name = "stdout" | "stderr";
type OnText = (name: Name, text: string) => void;

/** More than this is not read at once: a child that goes on printing would hold up everything else. */
const mostAtOnce = 512 * 1024;
const pieceBytes = 65_536;
const mostLastWords = 4000;

/** What native code and child processes print: it goes past the streams of Node, to the descriptors 1 and 2. */
export class PrintedText {
  readonly #streams: readonly { name: Name; stream: Readable; decoder: StringDecoder }[];
  readonly #onText: OnText;
  #lastWords = "";

  constructor({ stdout, stderr }: ChildProcess, onText: OnText) {
    this.#onText = onText;
    this.#streams = (["stdout", "stderr"] as const).flatMap((name) => {
      const stream = name === "stdout" ? stdout : stderr;
      return stream === null ? [] : [{ name, stream, decoder: new StringDecoder("utf8") }];
    });
    for (const { name, stream, decoder } of this.#streams)
      stream.on("data", (bytes: Buffer) => this.#take(name, decoder.write(bytes)));
  }

  /** What came last, which may tell why the process ended. */
  get lastWords(): string {
    return this.#lastWords;
  }

  /**
   * Reads what was written by now. All that a cell and its ended children printed lies there before the
   * cell is reported to have ended, so that it can be shown before.
   */
  readDry(): void {
    for (const { name, stream, decoder } of this.#streams) {
      const descriptor = (stream as { _handle?: { fd?: number } | null })._handle?.fd ?? -1;
      // Windows has none.
      if (descriptor >= 0) this.#take(name, decoder.write(readNow(descriptor)));
    }
  }

  #take(name: Name, text: string): void {
    if (text === "") return;
    this.#lastWords = (this.#lastWords + text).slice(-mostLastWords);
    this.#onText(name, text);
  }
}

function readNow(descriptor: number): Buffer {
  const pieces: Buffer[] = [];
  for (let read = 0; read < mostAtOnce;) {
    const piece = Buffer.allocUnsafe(pieceBytes);
    try {
      const length = readSync(descriptor, piece);
      if (length === 0) break;
      pieces.push(piece.subarray(0, length));
      read += length;
    } catch {
      // There is no more for now.
      break;
    }
  }
  return Buffer.concat(pieces);
}
