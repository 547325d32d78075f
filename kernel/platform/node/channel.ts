import { Buffer } from "node:buffer";
import { writeSync } from "node:fs";
import { serialize } from "node:v8";
import type { ExecutorFrame } from "../../executor/protocol.ts";
import { frameHeaderBytes, outputPipe } from "../../executor/protocol.ts";

let sent = 0;
let unsent: Buffer[] = [];

/**
 * Sends a frame to the parent before it returns. Writing at once keeps the order, loses nothing when
 * the process ends, and shows the output of a cell that never lets the event loop turn.
 *
 * An interrupt may end the caller between any two calls. A frame is therefore forgotten only after it
 * was written, and carries a number by which the reader drops a second copy.
 */
export function send(frame: ExecutorFrame): void {
  unsent.push(encode(frame));
  while (unsent.length > 0) {
    writeAll(unsent[0]);
    unsent = unsent.slice(1);
  }
}

function encode(frame: ExecutorFrame): Buffer {
  const body = serializeFrame(frame);
  const header = Buffer.alloc(frameHeaderBytes);
  header.writeUInt32LE(body.length, 0);
  header.writeUInt32LE((sent = (sent + 1) % 2 ** 32), 4);
  return Buffer.concat([header, body]);
}

/** A bundle may hold values that cannot be copied, such as functions; JSON leaves those out. */
function serializeFrame(frame: ExecutorFrame): Buffer {
  try {
    return serialize(frame);
  } catch {
    return serialize(JSON.parse(JSON.stringify(frame)));
  }
}

function writeAll(bytes: Buffer): void {
  let done = 0;
  while (done < bytes.length) {
    try {
      done += writeSync(outputPipe, bytes, done);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}
