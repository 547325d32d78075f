import { inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { blosc } from "../../../src/io/zarr/blosc/blosc.ts";

/** 300 values of int32, k mod 7, as numcodecs (c-blosc 1.21) packs them in blocks of 512 bytes and more. */
const containers = {
  lz4: "AgEhBLAEAACwBAAAWgAAABQAAAASAAAAfwABAgMEBQYHAP8OUAECAwQFDAAAAB8AAQD/FFAAAAAAAAwAAAAfAAEA/xRQAAAAAAAMAAAAHwABAP8UUAAAAAAA",
  zlib: "AgFgBLAEAACwBAAAngAAABQAAAAgAAAAeF5jYGBgYARiJiBmBmIWIGYFYjYGCBiVQ8gBAIIAAN0eAAAAeF5jZWBgYGOAAEYgZgJiZiBmAWLWUTkUOQCH/ADhHgAAAHheY2ZgYGABYlYgZmOAAEYgZgJi5lE5FDkAiSgA5R4AAAB4XmNkYGBgAmJmIGYBYlYgZmOAAMZRORQ5AIWEAOI=",
  blosclz:
    "AgEEBLAEAACwBAAAqgAAABQAAAAkAAAAOQAAAAABAAAAAgAAAAMAAAAEAAAABQAAAAYAgADg/wIbAQAAIQAAACUFAAAABgCAAA8BAAAAAgAAAAMAAAAEAAAA4P8GGwEAACEAAAAtAwAAAAQAAAAFAAAABgCAAAcBAAAAAgAAAOD/BhsBAAAgAAAANQEAAAACAAAAAwAAAAQAAAAFAAAABgCAAOD/BhsBAAA=",
} as const;

const others = {
  zlib: (packed: Uint8Array) => new Uint8Array(inflateSync(packed)),
  zstd: () => Promise.reject(new RangeError("none here")),
};

/** A container with some bytes changed. */
function damaged(
  name: keyof typeof containers,
  ...changes: readonly (readonly [number, number])[]
) {
  const bytes = new Uint8Array(Buffer.from(containers[name], "base64"));
  for (const [at, value] of changes) bytes[at] = value;
  return blosc(bytes, others);
}

const names = Object.keys(containers) as (keyof typeof containers)[];

test.each(names)("a container of %s is what was packed", async (name) => {
  const bytes = await damaged(name);
  const values = new Int32Array(bytes.buffer, bytes.byteOffset, 300);
  expect(values).toEqual(Int32Array.from({ length: 300 }, (_, k) => k % 7));
});

test.each(names)("%s: what no writer writes is refused, as c-blosc refuses it", async (name) => {
  // Another version of the packing; a flag that there is not; blocks longer than all; a block in the list of blocks.
  for (const version of [0, 2, 17, 255])
    await expect(damaged(name, [1, version])).rejects.toThrow(`version ${version} is unknown`);
  const flags = Buffer.from(containers[name], "base64")[2];
  await expect(damaged(name, [2, flags | 8])).rejects.toThrow("no header of blosc");
  await expect(damaged(name, [8, 177])).rejects.toThrow("no header of blosc");
  await expect(damaged(name, [16, 19])).rejects.toThrow("begins in the list");
  for (const version of [0, 3]) await expect(damaged(name, [0, version])).rejects.toThrow("header");
});
