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
    const bad = (): void => void seen.push("bad");
    const read = frameReader((got) => seen.push("cell" in got ? got.cell : got.type), bad);
    // The second frame was written twice, as after an interrupt.
    const bytes = Buffer.concat([frame(1, 10), frame(2, 20), frame(2, 20), frame(3, 30)]);
    for (let at = 0; at < bytes.length; at += size) read(bytes.subarray(at, at + size));
    expect(seen).toEqual([10, 20, 30]);
  },
);

test("bytes that are no frame are told, and end nothing", () => {
  let bad = 0;
  const read = frameReader(
    () => undefined,
    () => (bad += 1),
  );
  read(Buffer.from([4, 0, 0, 0, 1, 0, 0, 0, 1, 2, 3, 4]));
  expect(bad).toBe(1);
  read(Buffer.from([255, 255, 255, 255, 2, 0, 0, 0, 0]));
  expect(bad).toBe(2);
});
