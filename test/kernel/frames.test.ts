import { serialize } from "node:v8";
import { expect, test } from "vitest";
import type { ExecutorFrame } from "../../kernel/executor/protocol.ts";
import { frameReader } from "../../kernel/session/frames.ts";

function frame(number: number, cell: number): Buffer {
  const body = serialize({ type: "done", cell, outcome: { status: "ok" } } satisfies ExecutorFrame);
  const header = Buffer.alloc(8);
  header.writeUInt32LE(body.length, 0);
  header.writeUInt32LE(number, 4);
  return Buffer.concat([header, body]);
}

test.each([1, 3, 7, 1000])(
  "frames come out whole and once, however they are cut: by %i bytes",
  (size) => {
    const seen: unknown[] = [];
    const read = frameReader((got) => seen.push("cell" in got ? got.cell : got.type));
    // The second frame was written twice, as after an interrupt.
    const bytes = Buffer.concat([frame(1, 10), frame(2, 20), frame(2, 20), frame(3, 30)]);
    for (let at = 0; at < bytes.length; at += size) read(bytes.subarray(at, at + size));
    expect(seen).toEqual([10, 20, 30]);
  },
);
