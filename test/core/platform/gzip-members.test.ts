import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { gunzip, gunzipChunks } from "../../../src/core/platform/node/zlib.ts";

const rim = new URL("../../fixtures/rim/", import.meta.url);
const file = (name: string) => new Uint8Array(readFileSync(new URL(name, rim)));

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
async function streamed(bytes: Uint8Array, size: number): Promise<string> {
  const all: Uint8Array[] = [];
  for await (const chunk of gunzipChunks(inPieces(bytes, size))) all.push(Uint8Array.from(chunk));
  return Buffer.concat(all).toString();
}
async function whole(bytes: Uint8Array): Promise<string> {
  return Buffer.from(await gunzip(bytes, 10_000_000)).toString();
}
const sizes = [1, 2, 7, 25, 30, 1 << 18];
const member = (text: string) => gzipSync(text);
const zeros = (n: number) => Buffer.alloc(n);

describe("a second member that is none is refused", () => {
  test.each([
    "second-member-one-byte.txt.gz",
    "second-member-zero-id.txt.gz",
    "second-member-zeroed.txt.gz",
  ])("%s", async (name) => {
    await expect(whole(file(name))).rejects.toThrow();
    for (const size of sizes) await expect(streamed(file(name), size)).rejects.toThrow();
  });
  test("any byte but zero behind a member", async () => {
    for (const behind of ["x", "\0\0x", "\x1f\x8b", "\x1f"]) {
      const bytes = Buffer.concat([member("one"), Buffer.from(behind, "latin1")]);
      await expect(whole(bytes)).rejects.toThrow();
      for (const size of sizes) await expect(streamed(bytes, size)).rejects.toThrow();
    }
  });
});

describe("members are read as gzip reads them", () => {
  test("zeros between them", async () => {
    const bytes = file("zero-between-members.txt.gz");
    const text = await whole(bytes);
    expect(text.trimEnd().split("\n").length + text.length).toBeGreaterThan(2);
    for (const size of sizes) expect(await streamed(bytes, size)).toBe(text);
  });
  test.each([
    [[member("one "), member("two")], "one two"],
    [[member("one "), zeros(3), member("two"), zeros(700)], "one two"],
    [[member("one "), zeros(600_000), member("two ".repeat(9_000))], "one " + "two ".repeat(9_000)],
    [[member(""), zeros(1), member(""), member("three")], "three"],
  ])("%#", async (parts, text) => {
    const bytes = Buffer.concat(parts);
    expect(await whole(bytes)).toBe(text);
    for (const size of [7, 1000, 1 << 18]) expect(await streamed(bytes, size)).toBe(text);
  });
});
