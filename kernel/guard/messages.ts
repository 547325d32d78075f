import { Buffer } from "node:buffer";
import type { StopWord } from "./stop-word.ts";

/** What the guard is started with. */
export interface GuardData {
  readonly mailbox: SharedArrayBuffer;
  readonly stop: StopWord;
  /** A descriptor of the process, or the path of a socket on which the parent listens. */
  readonly pipe: number | string;
}

/** What the parent tells the guard through its pipe. */
export type GuardMessage =
  { readonly type: "interrupt" } | { readonly type: "answer"; readonly answer: GuardAnswer };

/** The answer to an input request of a cell that blocks its thread while it waits. */
export interface GuardAnswer {
  readonly id: number;
  readonly value?: string;
  readonly refused?: string;
}

const interruptSign = "i".charCodeAt(0);
const answerSign = "a".charCodeAt(0);
const headerBytes = 5;

/** An interrupt is one byte. */
export const interruptBytes: Uint8Array = Uint8Array.of(interruptSign);

/** An answer is a byte, its length, and JSON. */
export function answerBytes(answer: GuardAnswer): Uint8Array {
  const body = Buffer.from(JSON.stringify(answer));
  const header = Buffer.alloc(headerBytes);
  header[0] = answerSign;
  header.writeUInt32LE(body.length, 1);
  return Buffer.concat([header, body]);
}

/** Reads the messages from pieces of the pipe as they come. */
export function guardReader(onMessage: (message: GuardMessage) => void): (piece: Buffer) => void {
  let held: Buffer = Buffer.alloc(0);
  return (piece) => {
    held = Buffer.concat([held, piece]);
    while (held.length > 0) {
      const size = sizeOf(held);
      if (held.length < size) return;
      if (held[0] === interruptSign) onMessage({ type: "interrupt" });
      if (held[0] === answerSign) onMessage({ type: "answer", answer: bodyOf(held, size) });
      held = held.subarray(size);
    }
  };
}

function sizeOf(bytes: Buffer): number {
  if (bytes[0] !== answerSign) return 1;
  return bytes.length < headerBytes ? headerBytes : headerBytes + bytes.readUInt32LE(1);
}

function bodyOf(bytes: Buffer, size: number): GuardAnswer {
  return JSON.parse(bytes.subarray(headerBytes, size).toString()) as GuardAnswer;
}
