import { Buffer } from "node:buffer";
import type { GuardAnswer } from "./messages.ts";

const headerBytes = 8;
const textBytes = 65_536;

/** Memory in which the guard leaves an answer for the main thread, which waits for it without returning. */
export function makeMailbox(): SharedArrayBuffer {
  return new SharedArrayBuffer(headerBytes + textBytes);
}

/** Puts an answer in; what is longer than the box is refused. */
export function putAnswer(mailbox: SharedArrayBuffer, answer: GuardAnswer): void {
  const limit = { id: answer.id, refused: `an answer may have ${textBytes} bytes` };
  const whole = Buffer.from(JSON.stringify(answer));
  const bytes = whole.length > textBytes ? Buffer.from(JSON.stringify(limit)) : whole;
  const head = new Int32Array(mailbox, 0, 2);
  new Uint8Array(mailbox, headerBytes).set(bytes);
  head[1] = bytes.length;
  Atomics.store(head, 0, answer.id);
  Atomics.notify(head, 0);
}

/** Waits for the answer with this id. The thread sleeps; an interrupt ends the wait and the frame. */
export function takeAnswer(mailbox: SharedArrayBuffer, id: number): GuardAnswer {
  const head = new Int32Array(mailbox, 0, 2);
  for (let seen = Atomics.load(head, 0); seen !== id; seen = Atomics.load(head, 0))
    Atomics.wait(head, 0, seen, 1000);
  return JSON.parse(
    Buffer.from(new Uint8Array(mailbox, headerBytes, head[1])).toString(),
  ) as GuardAnswer;
}
