import { deserialize } from "node:v8";
import type { ExecutorFrame } from "../executor/protocol.ts";
import { frameHeaderBytes } from "../executor/protocol.ts";

/** No frame is longer; what says so is none. */
const longest = 2 ** 30;

/** Reads the executor's frames from pieces of its pipe as they come. `onBad` is told of bytes that are none. */
export function frameReader(
  onFrame: (frame: ExecutorFrame) => void,
  onBad: () => void,
): (piece: Buffer) => void {
  let pieces: Buffer[] = [];
  let held = 0;
  let needed = frameHeaderBytes;
  let last = 0;
  const next = (bytes: Buffer): Buffer => {
    const length = bytes.readUInt32LE(0);
    const number = bytes.readUInt32LE(4);
    const end = frameHeaderBytes + length;
    // A frame whose writing was interrupted may come twice.
    if (number !== last) {
      const frame = readFrame(bytes.subarray(frameHeaderBytes, end));
      if (frame == null) onBad();
      else onFrame(frame);
    }
    last = number;
    return bytes.subarray(end);
  };
  return (piece) => {
    pieces.push(piece);
    held += piece.length;
    // Joining only when a whole frame is there keeps the work linear in what was sent.
    while (held >= needed) {
      let bytes = pieces.length === 1 ? pieces[0] : Buffer.concat(pieces);
      needed = sizeOf(bytes);
      if (needed > longest) onBad();
      while (bytes.length >= needed) {
        bytes = next(bytes);
        needed = sizeOf(bytes);
      }
      pieces = [bytes];
      held = bytes.length;
    }
  };
}

function readFrame(bytes: Buffer): ExecutorFrame | undefined {
  try {
    return deserialize(bytes) as ExecutorFrame;
  } catch {
    return undefined;
  }
}

function sizeOf(bytes: Buffer): number {
  const hasHeader = bytes.length >= frameHeaderBytes;
  return frameHeaderBytes + (hasHeader ? bytes.readUInt32LE(0) : 0);
}
