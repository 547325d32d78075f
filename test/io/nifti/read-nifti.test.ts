import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { fc } from "../../support/fast-check.ts";
import { NIFTI1, NIFTI2 } from "nifti-reader-js";
import { describe, expect, test } from "vitest";
import { niftiBytes, openNifti, readNifti } from "../../../src/io/nifti/index.ts";
import type { NiftiDatatype } from "../../../src/io/nifti/index.ts";
import { readFields } from "../../../src/io/nifti/header-fields.ts";
import { bytesOf, expected, fixture, fromFortran, valuesOf } from "./fixtures.ts";

const codes: Record<number, NiftiDatatype> = {
  2: "uint8",
  4: "int16",
  8: "int32",
  16: "float32",
  64: "float64",
  256: "int8",
  512: "uint16",
};

function expectAffine(found: readonly (readonly number[])[] | undefined, wanted: number[][]) {
  expect(found).toBeDefined();
  found?.forEach((row, i) =>
    row.forEach((value, j) => expect(Math.abs(value - wanted[i][j])).toBeLessThan(1e-12)),
  );
}

describe.each(expected)("$file ($note)", (wanted) => {
  test("values, shape, affine and header are those of nibabel", async () => {
    const image = await readNifti(fixture(wanted.file));
    expect(image.shape).toEqual(wanted.shape);
    expect(image.data).toEqual(valuesOf(wanted));
    expect(image.zooms).toEqual(wanted.zooms);
    expectAffine(image.affine, wanted.affine);
    expect(image.version).toBe(wanted.sizeof_hdr === 348 ? 1 : 2);
    expect(image.byteOrder).toBe(wanted.endian === "<" ? "little" : "big");
    expect(image.datatype).toBe(codes[wanted.datatype]);
    expect(image.description).toBe(wanted.descrip);
    expect(image.extensions.length).toBe(wanted.n_extensions);
    const time = wanted.xyzt_units[1] === "sec" ? "s" : wanted.xyzt_units[1];
    expect(image.units).toEqual({ space: wanted.xyzt_units[0], time });
  });

  test("both transforms are those of nibabel", async () => {
    const { sform, qform } = await readNifti(fixture(wanted.file));
    expect([sform?.code ?? 0, qform?.code ?? 0]).toEqual([wanted.sform_code, wanted.qform_code]);
    if (wanted.sform_affine !== null) expectAffine(sform?.affine, wanted.sform_affine);
    if (wanted.qform_affine !== null) expectAffine(qform?.affine, wanted.qform_affine);
  });

  test("volumes, slabs and the whole are parts of one another, in any order", async () => {
    const all = await readNifti(fixture(wanted.file));
    const reader = await openNifti(fixture(wanted.file));
    const [nx, ny, nz, nt = 1] = wanted.shape;
    expect(reader.nVolumes).toBe(nt);
    const at = (x: number, y: number, z: number, t: number) =>
      all.data[((x * ny + y) * nz + z) * nt + t];
    for (const t of [nt - 1, 0, Math.floor(nt / 2), 0]) {
      const volume = await reader.readVolume(t);
      expect(volume.shape).toEqual([nx, ny, nz]);
      expect(volume.data).toEqual(all.data.filter((_, i) => i % nt === t));
    }
    const [t0, z0] = [Math.floor(nt / 3), Math.floor(nz / 2)];
    const slab = await reader.read({ volumes: [t0, nt], slices: [z0, nz] });
    expect(slab.shape).toEqual([nx, ny, nz - z0, nt - t0]);
    let i = 0;
    for (let x = 0; x < nx; x++)
      for (let y = 0; y < ny; y++)
        for (let z = z0; z < nz; z++)
          for (let t = t0; t < nt; t++)
            if (!Object.is(slab.data[i++], at(x, y, z, t))) throw new Error(`${x},${y},${z},${t}`);
    expect((await reader.readVolumes(0, nt)).data).toEqual(all.data);
    expect((await reader.readAll()).shape).toEqual(wanted.shape);
    await reader.close();
  });
});

test.each(["int16_scl_4d.nii.gz", "be_int16.nii", "nifti2_f32.nii.gz"])(
  "%s: any box read in any order is that part of the whole",
  async (name) => {
    const all = await readNifti(fixture(name));
    const reader = await openNifti(fixture(name));
    const [nx, ny, nz, nt = 1] = all.shape;
    const range = (n: number) =>
      fc
        .tuple(fc.nat(n - 1), fc.nat(n - 1))
        .map(([a, b]) => [Math.min(a, b), Math.max(a, b) + 1] as const);
    await fc.assert(
      fc.asyncProperty(range(nz), range(nt), async (slices, volumes) => {
        const { data, shape } = await reader.read({ slices, volumes });
        expect(shape).toEqual([nx, ny, slices[1] - slices[0], volumes[1] - volumes[0]]);
        const wanted = all.data.filter((_, i) => {
          const [z, t] = [Math.floor(i / nt) % nz, i % nt];
          return z >= slices[0] && z < slices[1] && t >= volumes[0] && t < volumes[1];
        });
        expect(data).toEqual(wanted);
      }),
      { seed: 4, numRuns: 60 },
    );
    await reader.close();
  },
);

test("paths, file addresses, blobs and bytes are the same image", async () => {
  const whole = await readNifti(fixture("pair_u16.hdr"));
  const address = pathToFileURL(fixture("pair_u16.img"));
  expect(await readNifti(address)).toEqual(whole);
  expect(await readNifti(address.href)).toEqual(whole);
  const blob = new Blob([bytesOf("bold.nii.gz") as Uint8Array<ArrayBuffer>]);
  expect(await readNifti(blob)).toEqual(await readNifti(fixture("bold.nii.gz")));
});

test("stored numbers come without scaling, values with it", async () => {
  const reader = await openNifti(fixture("int16_scl_4d.nii.gz"));
  const { slope, intercept } = reader.scaling ?? { slope: NaN, intercept: NaN };
  const stored = await reader.readStored();
  const values = await reader.read();
  expect(stored.data).toBeInstanceOf(Int16Array);
  expect(stored.shape).toEqual(values.shape);
  expect(values.data).toEqual(
    Float64Array.from(stored.data as Int16Array, (v) => v * slope + intercept),
  );
  await reader.close();
});

test("nifti-reader-js reads the same shape, type and sform from the headers", () => {
  for (const { file, endian, sizeof_hdr: size, sform_code: code } of expected) {
    if (file.endsWith(".gz")) continue;
    const header = bytesOf(file).slice(0, size);
    const other = size === 348 ? new NIFTI1() : new NIFTI2();
    other.readHeader(header.buffer);
    const own = readFields(header, size === 348 ? 1 : 2, endian === "<");
    expect(own.dim).toEqual(other.dims);
    expect(own.datatype).toBe(other.datatypeCode);
    expect(own.voxOffset).toBe(other.vox_offset);
    expect(own.pixdim).toEqual(other.pixDims);
    if (code >= own.qformCode && code > 0)
      expect(own.srow).toEqual(other.affine.slice(0, 3).flat());
  }
});

test("a pair is found by either name, packed or not, and can be given as bytes", async () => {
  const byHeader = await readNifti(fixture("pair_u16.hdr"));
  const byImage = await readNifti(fixture("pair_u16.img"));
  const header = bytesOf("pair_u16.hdr");
  const voxels = bytesOf("pair_u16.img");
  const byBytes = await readNifti(header, { voxels });
  const packed = await readNifti(gzipSync(header), { voxels: gzipSync(voxels) });
  for (const image of [byImage, byBytes, packed]) expect(image).toEqual(byHeader);
  await expect(readNifti(header)).rejects.toThrow(/magic: expected "n\+1"/);
  await expect(readNifti(bytesOf("be_int16.nii"), { voxels })).rejects.toThrow(/name it .nii/);
});

test("a packed file of several members is read whole", async () => {
  const plain = bytesOf("be_int16.nii");
  const members = [0, 100, 101, 400, plain.length].map((at, i, cuts) =>
    i === 0 ? new Uint8Array(0) : gzipSync(plain.subarray(cuts[i - 1], at)),
  );
  expect(await readNifti(Buffer.concat(members))).toEqual(await readNifti(plain));
});

describe("every type in both byte orders", () => {
  const numbers = [0, 1, 2, 100, 127, 3];
  const types: NiftiDatatype[] = [
    "int8",
    "uint8",
    "int16",
    "uint16",
    "int32",
    "uint32",
    "int64",
    "uint64",
    "float32",
    "float64",
  ];
  const sizes = [1, 1, 2, 2, 4, 4, 8, 8, 4, 8];
  const affine = [
    [1, 0, 0, 0],
    [0, 1, 0, 0],
    [0, 0, 1, 0],
    [0, 0, 0, 1],
  ];
  const image = { data: Float64Array.from(numbers), shape: [1, 2, 3], affine };

  test.each(types.map((type, i) => [type, sizes[i]] as const))("%s", async (datatype, size) => {
    for (const version of [1, 2] as const) {
      const little = niftiBytes(image, { datatype, version });
      expect(little.length).toBe((version === 1 ? 352 : 544) + 6 * size);
      const read = await readNifti(little);
      expect([read.datatype, [...read.data]]).toEqual([datatype, numbers]);
      const big = await readNifti(bigEndian(little, version, size));
      expect(big).toEqual({ ...read, byteOrder: "big" });
    }
  });

  test("64-bit integers that float64 cannot hold are refused, and given as bigints when asked", async () => {
    const bytes = niftiBytes(image, { datatype: "int64" });
    const view = new DataView(bytes.buffer);
    view.setBigInt64(352, 2n ** 53n + 1n, true);
    await expect(readNifti(bytes)).rejects.toThrow(
      /a whole number that float64 holds exactly, found 9007199254740993/,
    );
    const reader = await openNifti(bytes);
    expect((await reader.readStored()).data[0]).toBe(2n ** 53n + 1n);
    view.setBigInt64(352, -(2n ** 60n), true);
    expect((await readNifti(bytes)).data[0]).toBe(-(2 ** 60));
  });
});

/** The same file with the byte order of each field and voxel turned. */
function bigEndian(bytes: Uint8Array, version: 1 | 2, voxelBytes: number): Uint8Array {
  const out = Uint8Array.from(bytes);
  const turn = (at: number, size: number, n = 1) => {
    for (let i = 0; i < n; i++) out.subarray(at + i * size, at + (i + 1) * size).reverse();
  };
  if (version === 1) {
    [
      [0, 4, 1],
      [40, 2, 8],
      [56, 4, 3],
      [68, 2, 4],
      [76, 4, 11],
      [120, 2, 1],
      [124, 4, 4],
      [252, 2, 2],
      [256, 4, 18],
    ].forEach(([at, size, n]) => turn(at, size, n));
    turn(352, voxelBytes, 6);
  } else {
    [
      [0, 4, 1],
      [12, 2, 2],
      [16, 8, 28],
      [344, 4, 2],
      [352, 8, 18],
      [496, 4, 3],
    ].forEach(([at, size, n]) => turn(at, size, n));
    turn(544, voxelBytes, 6);
  }
  return out;
}

test("images of 1, 2, 5, 6 and 7 axes, in C order", async () => {
  const affine = [
    [1, 0, 0, 0],
    [0, 1, 0, 0],
    [0, 0, 1, 0],
    [0, 0, 0, 1],
  ];
  for (const shape of [[5], [3, 2], [2, 3, 1, 2, 3], [2, 1, 2, 3, 1, 2], [1, 2, 2, 2, 3, 2, 2]]) {
    const n = shape.reduce((a, b) => a * b, 1);
    const inFile = Float64Array.from({ length: n }, (_, i) => i);
    const bytes = niftiBytes({ data: inFile, shape, affine }, { datatype: "float64" });
    bytes.set(new Uint8Array(inFile.buffer), 352);
    const image = await readNifti(bytes);
    expect(image.shape).toEqual(shape);
    expect(image.data).toEqual(fromFortran(inFile, shape));
    expect(image.zooms.length).toBe(shape.length);
    const reader = await openNifti(bytes);
    const volume = shape.slice(0, 3).reduce((a, b) => a * b, 1);
    const last = await reader.readVolume(reader.nVolumes - 1);
    expect(last.data).toEqual(fromFortran(inFile.slice(n - volume), last.shape));
  }
});

test("what does not exist is refused", async () => {
  const reader = await openNifti(fixture("bold.nii.gz"));
  for (const volume of [-1, 11, 0.5, NaN])
    await expect(reader.readVolume(volume)).rejects.toThrow(/invalid volume: .* from 0 to 10/);
  await expect(reader.readVolumes(3, 3)).rejects.toThrow(/invalid volumes/);
  await expect(reader.read({ slices: [0, 7] })).rejects.toThrow(/invalid slices: .* from 0 to 6/);
  await reader.close();
  await expect(readNifti(fixture("none.nii"))).rejects.toMatchObject({ code: "MISSING_FILE" });
});

test("a read can be cancelled", async () => {
  const signal = AbortSignal.abort();
  await expect(readNifti(fixture("bold.nii.gz"), { signal })).rejects.toMatchObject({
    code: "CANCELLED",
  });
});

test("the fixtures cover what is claimed", () => {
  expect(expected.length).toBe(10);
  expect(readFileSync(fixture("be_int16.nii")).readInt32BE(0)).toBe(348);
});
