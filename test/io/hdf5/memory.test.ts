import { expect, test } from "vitest";
import { hdf5File, manyBlocks } from "../../corpus/cases/hdf5-bytes.ts";
import { lookup3 } from "../../corpus/hdf5-checksums.ts";
import { openHdf5 } from "../../../src/io/index.ts";

/** The tree that holds the attributes of a group claims nodes of 70,000 records; its checksum is right. */
async function greedy(): Promise<Uint8Array> {
  const bytes = Buffer.from(await manyBlocks());
  const at = bytes.indexOf("BTHD");
  bytes[at + 9] = 89;
  bytes[at + 19] = 16;
  bytes[at + 29] = 128;
  bytes.writeUInt32LE(lookup3(bytes.subarray(at, at + 34)), at + 34);
  return new Uint8Array(bytes);
}

test("a file of 10 kB that has HDF5 ask for 1.4 GB is refused, and its attributes are not taken for none", async () => {
  const file = await openHdf5(await greedy());
  await expect(file.describe("/group")).rejects.toThrow(
    /\/group: expected at most 2013\d+ bytes of memory for HDF5, found \d+; .*raise maxBytes/,
  );
  await file.prefetch(["/group", "/plain"]);
  await expect(file.describe("/group")).rejects.toMatchObject({ code: "FILE_FORMAT" });
  // What does not need it is still read.
  expect((await file.read("/plain")).shape).toEqual([3, 4]);
  await file.close();
  expect(process.resourceUsage().maxRSS / 1024).toBeLessThan(1200);
});

test("a sound file read after it has all that it needs", async () => {
  const file = await openHdf5(await manyBlocks());
  expect((await file.describe("/group")).attributes).toHaveLength(12);
  expect((await file.read("/packed")).shape).toEqual([10, 6]);
  await file.close();
});

test("chunks that are large for HDF5's own memory are read", async () => {
  const data = new Float64Array(8_000_000);
  data[7_999_999] = 5;
  const bytes = await hdf5File((made) => {
    const how = { chunks: [8_000_000], compression: 1, compression_opts: [1] };
    made.create_dataset({ name: "large", data, shape: [8_000_000], ...how });
  });
  const file = await openHdf5(bytes);
  const tail = await file.read("/large", { start: [7_999_990], count: [10] });
  expect(tail).toMatchObject({ shape: [10], data: Float64Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 5) });
  await file.close();
});

test("a link that leads nowhere says so", async () => {
  const bytes = await hdf5File((made) => void made.create_soft_link("/nowhere", "dangling"));
  const file = await openHdf5(bytes);
  expect(await file.keys("/")).toEqual(["dangling"]);
  await expect(file.describe("/dangling")).rejects.toThrow(/found a link that leads nowhere/);
  await file.close();
});
