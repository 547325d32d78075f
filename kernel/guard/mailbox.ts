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
  const whole = encode(answer);
  const bytes = whole.length > textBytes ? encode(limit) : whole;
  const head = new Int32Array(mailbox, 0, 2);
  new Uint8Array(mailbox, headerBytes).set(bytes);
  head[1] = bytes.length;
  Atomics.store(head, 0, answer.id);
  Atomics.notify(head, 0);
}

/** Waits for the answer with this id. The thread sleeps; an interrupt ends the wait and the frame. */
export function takeAnswer(mailbox: SharedArrayBuffer, id: number): GuardAnswer {
  for (;;) {
    const answer = takeAnswerNow(mailbox, id, 1000);
    if (answer !== undefined) return answer;
  }
}

/** The answer with this id, if it comes within `ms`. */
export function takeAnswerNow(
  mailbox: SharedArrayBuffer,
  id: number,
  ms: number,
): GuardAnswer | undefined {
  const head = new Int32Array(mailbox, 0, 2);
  const seen = Atomics.load(head, 0);
  if (seen !== id) Atomics.wait(head, 0, seen, ms);
  if (Atomics.load(head, 0) !== id) return undefined;
  // A decoder refuses shared memory.
  const bytes = new Uint8Array(mailbox, headerBytes, head[1]).slice();
  return JSON.parse(new TextDecoder().decode(bytes)) as GuardAnswer;
}

function encode(answer: GuardAnswer): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(answer));
}
