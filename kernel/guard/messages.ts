import { Buffer } from "node:buffer";
import type { DebugMessage, DebugRequest } from "../debugger/dap.ts";
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
  | { readonly type: "interrupt" }
  | { readonly type: "answer"; readonly answer: GuardAnswer }
  | { readonly type: "debug"; readonly request: DebugRequest };

/** The answer to an input request of a cell that blocks its thread while it waits. */
export interface GuardAnswer {
  readonly id: number;
  readonly value?: string;
  readonly refused?: string;
}

const interruptSign = "i".charCodeAt(0);
const answerSign = "a".charCodeAt(0);
const debugSign = "d".charCodeAt(0);
const headerBytes = 5;

/** An interrupt is one byte. */
export const interruptBytes: Uint8Array = Uint8Array.of(interruptSign);

/** An answer is a byte, its length, and JSON. */
export function answerBytes(answer: GuardAnswer): Uint8Array {
  return signed(answerSign, answer);
}

/** A request for the debugger, in the same form. */
export function debugBytes(request: DebugRequest): Uint8Array {
  return signed(debugSign, request);
}

function signed(sign: number, value: object): Uint8Array {
  const body = Buffer.from(JSON.stringify(value));
  const header = Buffer.alloc(headerBytes);
  header[0] = sign;
  header.writeUInt32LE(body.length, 1);
  return Buffer.concat([header, body]);
}

/** What the debugger says to the parent: in that form too. */
export function saidBytes(message: DebugMessage): Uint8Array {
  return signed(debugSign, message);
}

/** Reads what the debugger says from pieces of the pipe as they come. */
export function saidReader(onMessage: (message: DebugMessage) => void): (piece: Buffer) => void {
  return bodies((_, body) => onMessage(body as DebugMessage));
}

/** Reads the messages from pieces of the pipe as they come. */
export function guardReader(onMessage: (message: GuardMessage) => void): (piece: Buffer) => void {
  return bodies((sign, body) => {
    if (sign === interruptSign) onMessage({ type: "interrupt" });
    if (sign === answerSign) onMessage({ type: "answer", answer: body as GuardAnswer });
    if (sign === debugSign) onMessage({ type: "debug", request: body as DebugRequest });
  });
}

function bodies(onBody: (sign: number, body: unknown) => void): (piece: Buffer) => void {
  let held: Buffer = Buffer.alloc(0);
  return (piece) => {
    held = Buffer.concat([held, piece]);
    while (held.length > 0) {
      const size = sizeOf(held);
      if (held.length < size) return;
      const text = held.subarray(headerBytes, size).toString();
      onBody(held[0], size === 1 ? undefined : JSON.parse(text));
      held = held.subarray(size);
    }
  };
}

function sizeOf(bytes: Buffer): number {
  if (bytes[0] !== answerSign && bytes[0] !== debugSign) return 1;
  return bytes.length < headerBytes ? headerBytes : headerBytes + bytes.readUInt32LE(1);
}
