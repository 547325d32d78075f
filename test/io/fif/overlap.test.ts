import { expect, test } from "vitest";
import { readFifEpochs } from "../../../src/io/fif/index.ts";

function tag(kind: number, type: number, next: number, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(16 + data.length);
  const view = new DataView(bytes.buffer);
  [kind, type, data.length, next].forEach((value, at) => view.setInt32(4 * at, value));
  bytes.set(data, 16);
  return bytes;
}

const join = (...parts: Uint8Array[]) => Uint8Array.from(Buffer.concat(parts));

test("tags that go back into one already read are refused, though not to its beginning", async () => {
  const id = tag(100, 31, 0, new Uint8Array(20));
  const inner = tag(108, 0, -1, new Uint8Array(0));
  const outer = tag(108, 0, 0, join(inner, new Uint8Array(48)));
  // The last one says that the next lies within the one before it.
  const back = tag(108, 0, id.length + 16, new Uint8Array(0));
  await expect(readFifEpochs(join(id, outer, back))).rejects.toThrow(
    /expected tags that do not overlap/,
  );
  // The end of a tag may not reach into one already read either.
  const before = tag(108, 0, 0, new Uint8Array(100));
  const late = tag(108, 0, id.length, new Uint8Array(0));
  const jump = join(tag(100, 31, id.length + before.length, new Uint8Array(20)), before, late);
  new DataView(jump.buffer).setInt32(id.length + 8, 108);
  await expect(readFifEpochs(jump)).rejects.toThrow(/do not overlap/);
});
