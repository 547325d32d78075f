import { describe, expect, test } from "vitest";
import * as browser from "../../../src/core/platform/browser/zlib.ts";
import * as node from "../../../src/core/platform/node/zlib.ts";

const text = new TextEncoder();
const plain = Uint8Array.from({ length: 30_000 }, (_, i) => (i * i) % 251);

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function collected(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(Uint8Array.from(chunk));
  return Buffer.concat(all);
}

describe.each([
  ["node", node, browser],
  ["browser", browser, node],
])("zlib of %s", (_, here, other) => {
  test("reads what the other platform wrote", async () => {
    expect(Buffer.from(await here.gunzip(await other.gzip(plain), plain.length))).toEqual(
      Buffer.from(plain),
    );
    const raw = await other.deflateRaw(plain);
    expect(Buffer.from(await here.inflateRaw(raw, plain.length))).toEqual(Buffer.from(plain));
    const packed = await collected(other.gzipChunks(inPieces(plain, 1000)));
    expect(Buffer.from(await here.gunzip(packed, plain.length))).toEqual(Buffer.from(plain));
    const pieces = here.gunzipChunks(inPieces(await other.gzip(plain), 100));
    expect(await collected(pieces)).toEqual(Buffer.from(plain));
  });

  test("stops at the cap with a RangeError", async () => {
    const bomb = await here.gzip(new Uint8Array(50_000_000));
    await expect(here.gunzip(bomb, 1000)).rejects.toBeInstanceOf(RangeError);
    const raw = await here.deflateRaw(plain);
    await expect(here.inflateRaw(raw, plain.length - 1)).rejects.toBeInstanceOf(RangeError);
    await expect(here.inflateRaw(raw, plain.length + 1)).rejects.toBeInstanceOf(RangeError);
  });

  test("refuses what is cut or damaged", async () => {
    const good = await here.gzip(plain);
    const cut = good.subarray(0, good.length - 5);
    await expect(here.gunzip(cut, plain.length)).rejects.toThrow();
    await expect(collected(here.gunzipChunks(inPieces(cut, 1000)))).rejects.toThrow();
    const flipped = Uint8Array.from(good);
    flipped[good.length - 6] ^= 1;
    await expect(here.gunzip(flipped, plain.length)).rejects.toThrow();
    await expect(collected(here.gunzipChunks(inPieces(flipped, 1000)))).rejects.toThrow();
  });

  test("an error of the compressed bytes' own source comes through", async () => {
    const broken = async function* (): AsyncGenerator<Uint8Array> {
      yield (await here.gzip(plain)).subarray(0, 100);
      throw new Error("the disk is gone");
    };
    await expect(collected(here.gunzipChunks(broken()))).rejects.toThrow("the disk is gone");
  });

  test("crc32 is the one of the standard's check string", () => {
    expect(here.crc32(text.encode("123456789"))).toBe(0xcbf43926);
    expect(here.crc32(text.encode("6789"), here.crc32(text.encode("12345")))).toBe(0xcbf43926);
    expect(here.crc32(new Uint8Array(0))).toBe(0);
  });
});
