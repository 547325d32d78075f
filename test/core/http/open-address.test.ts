import { gzipSync } from "node:zlib";
import { afterEach, expect, test, vi } from "vitest";
import type { ByteSource } from "../../../src/core/byte-source.ts";
import { openSource } from "../../../src/core/open-source.ts";
import { asMatrix, random, readNifti, readNpy } from "../../../src/index.ts";
import { hdf5Bytes, openHdf5 } from "../../../src/io/hdf5/index.ts";
import { niftiBytes } from "../../../src/io/nifti/index.ts";
import { npyBytes, readNpyPart } from "../../../src/io/npy/index.ts";
import { rangeServer, type RangeServer } from "./range-server.ts";

const servers: RangeServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function serve(bytes: Uint8Array, name?: string): Promise<RangeServer> {
  const server = await rangeServer(bytes, name);
  servers.push(server);
  return server;
}

/** Bytes that tell where they are. */
function pattern(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at++) bytes[at] = at * 7 + (at >> 8) * 13 + (at >> 16);
  return bytes;
}

async function opened(
  length = 3_000_000,
): Promise<{ server: RangeServer; source: ByteSource; bytes: Uint8Array }> {
  const bytes = pattern(length);
  const server = await serve(bytes);
  return { server, source: await openSource(server.address), bytes };
}

test("parts are what the file has there, wherever they begin and end", async () => {
  const { source, bytes } = await opened();
  expect(source.size).toBe(bytes.length);
  const piece = 2 ** 18;
  const edges = [0, 1, piece - 1, piece, piece + 1, 5 * piece, bytes.length - 1, bytes.length];
  for (const from of edges)
    for (const to of edges)
      if (to >= from)
        expect(Buffer.compare(await source.read(from, to - from), bytes.subarray(from, to))).toBe(
          0,
        );
  await expect(source.read(bytes.length - 1, 2)).rejects.toMatchObject({ code: "FILE_FORMAT" });
});

test("a few bytes cost a few, and what was read is not fetched again", async () => {
  const { server, source } = await opened(8_000_000);
  await source.read(0, 100);
  await source.read(4_000_000, 1000);
  expect(server.sent).toBeLessThan(1_000_000);
  const { requests } = server;
  await source.read(4_000_500, 100);
  expect(server.requests).toBe(requests);
});

test("who reads on asks few times, and for nothing twice", async () => {
  const { server, source, bytes } = await opened(8_000_000);
  for (let at = 0; at < bytes.length; at += 65_536)
    await source.read(at, Math.min(65_536, bytes.length - at));
  expect(server.requests).toBeLessThan(20);
  expect(server.sent).toBe(bytes.length);
});

test.each([
  ["length", (server: RangeServer) => void (server.bytes = server.bytes.slice(0, 2_900_000))],
  [
    "a length below the part",
    (server: RangeServer) => void (server.bytes = server.bytes.slice(0, 9)),
  ],
  ["ETag", (server: RangeServer) => void (server.etag = '"two"')],
  ["ETag that is gone", (server: RangeServer) => void (server.etag = undefined)],
])("a file whose %s changed between two reads is refused", async (_what, change) => {
  const { server, source } = await opened();
  change(server);
  await expect(source.read(2_000_000, 10)).rejects.toMatchObject({ code: "FILE_CHANGED" });
});

test("without ETags the time of change tells", async () => {
  const bytes = pattern(2_000_000);
  const server = await serve(bytes);
  server.etag = undefined;
  server.modified = "Mon, 01 Jan 2024 00:00:00 GMT";
  const source = await openSource(server.address);
  await source.read(1_000_000, 10);
  server.modified = "Tue, 02 Jan 2024 00:00:00 GMT";
  await expect(source.read(1_900_000, 10)).rejects.toMatchObject({ code: "FILE_CHANGED" });
});

test("from a server without parts the file is fetched whole, once, and that is said", async () => {
  const bytes = pattern(1_500_000);
  const server = await serve(bytes);
  server.ranges = false;
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  const source = await openSource(server.address);
  expect(warn.mock.calls[0][0]).toContain("gives no parts of files: fetching all of it (1.5 MB)");
  warn.mockRestore();
  expect(Buffer.compare(await source.read(1_000_000, 500_000), bytes.subarray(1_000_000))).toBe(0);
  expect(server.requests).toBe(1);
});

test("where a page may not see which part came, the file is fetched whole", async () => {
  const bytes = pattern(1_000_000);
  const server = await serve(bytes);
  server.hideRange = true;
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  const source = await openSource(server.address);
  warn.mockRestore();
  expect(source.size).toBe(bytes.length);
  expect(Buffer.compare(await source.read(0, bytes.length), bytes)).toBe(0);
});

test("a server that stops giving parts is no source of any", async () => {
  const { server, source } = await opened();
  server.ranges = false;
  await expect(source.read(2_000_000, 10)).rejects.toMatchObject({ code: "SERVER_FAILED" });
});

test("what fails for a moment is tried again; what fails for good is an error", async () => {
  const { server, source, bytes } = await opened();
  server.failures = [503, 429];
  expect(await source.read(2_000_000, 3)).toEqual(bytes.slice(2_000_000, 2_000_003));
  server.cuts = 1;
  expect(await source.read(2_900_000, 3)).toEqual(bytes.slice(2_900_000, 2_900_003));
  server.failures = [403];
  await expect(openSource(server.address)).rejects.toMatchObject({ code: "SERVER_FAILED" });
  server.failures = [404];
  await expect(openSource(server.address)).rejects.toMatchObject({ code: "MISSING_FILE" });
});

test("an empty file is empty", async () => {
  const source = await openSource((await serve(new Uint8Array(0))).address);
  expect(source.size).toBe(0);
  expect(await source.read(0, 0)).toHaveLength(0);
});

test("rows of a NPY file and volumes of a NIfTI image cost what they are; a packed one is fetched once", async () => {
  const draw = random(1);
  const data = Float64Array.from({ length: 400_000 }, () => draw.normal());
  const npy = await serve(npyBytes({ data, shape: [4000, 100] }), "x.npy");
  const part = await readNpyPart(npy.address, { rows: [3000, 3001] });
  expect(part.data).toEqual(data.subarray(300_000, 300_200));
  expect(npy.sent).toBeLessThan(1_000_000);
  expect(asMatrix(await readNpy(new URL(npy.address))).data).toEqual(data);
  const affine = [
    [1, 0, 0, 0],
    [0, 1, 0, 0],
    [0, 0, 1, 0],
    [0, 0, 0, 1],
  ];
  const image = niftiBytes({ data, shape: [100, 100, 40], affine }, { datatype: "float64" });
  const packed = gzipSync(image);
  const nifti = await serve(packed, "x.nii.gz");
  expect((await readNifti(nifti.address)).data).toEqual(data);
  expect(nifti.sent).toBeLessThanOrEqual(packed.length * 1.05);
});

test("of an HDF5 file what is read is fetched; a file that changes meanwhile is refused", async () => {
  const draw = random(2);
  const large = Float64Array.from({ length: 500_000 }, () => draw.normal());
  const small = Float64Array.of(1, 2, 3);
  const server = await serve(await hdf5Bytes({ large, small }), "x.h5");
  const file = await openHdf5(server.address);
  expect(asMatrix(await file.read("/small")).data).toEqual(small);
  const part = await file.read("/large", { start: [400_000], count: [5] });
  expect(asMatrix(part).data).toEqual(large.slice(400_000, 400_005));
  expect(server.sent).toBeLessThan(server.bytes.length / 2);
  expect(asMatrix(await file.read("/large")).data).toEqual(large);
  await file.close();
  const again = await openHdf5(server.address);
  server.etag = '"two"';
  await expect(again.read("/large")).rejects.toMatchObject({ code: "FILE_CHANGED" });
  await again.close();
});
