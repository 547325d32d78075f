import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readFifInverse, readFifSourceSpaces } from "../../../src/io/index.ts";
import { largestDifference, numbersOf, readReference } from "../../reference/read-reference.ts";
import type { ReferenceArray } from "../../reference/read-reference.ts";

interface Space {
  readonly type: string;
  readonly id: number;
  readonly np: number;
  readonly nuse: number;
  readonly vertno: ReferenceArray;
  readonly subject_his_id: string;
  readonly dist_limit: number | string | null;
  readonly dist?: { readonly f64: string; readonly shape: readonly number[] };
  readonly nearest: ReferenceArray | null;
  readonly rr_first3: ReferenceArray;
  readonly rr_sum: ReferenceArray;
  readonly nn_first3: ReferenceArray;
  readonly ntri: number;
  readonly tris_first3: ReferenceArray | null;
  readonly shape?: readonly number[];
}

const sources =
  readReference<Record<string, { readonly spaces: readonly Space[] }>>("surface/sources.json");
const pathOf = (name: string) =>
  fileURLToPath(new URL(`../../fixtures/surface/sources/${name}`, import.meta.url));
const bytesOf = (name: string) => Uint8Array.from(readFileSync(pathOf(name)));

describe.each(Object.entries(sources).filter(([, file]) => "spaces" in file))(
  "%s",
  (name, { spaces }) => {
    test("has the sources, points, triangles and distances that MNE reads", async () => {
      const found = await readFifSourceSpaces(pathOf(name));
      expect(found.length).toBe(spaces.length);
      spaces.forEach((expected, at) => {
        const space = found[at];
        expect(space.kind).toBe({ surf: "surface", vol: "volume" }[expected.type]);
        expect(space.hemisphere).toBe(
          ({ 101: "left", 102: "right" } as Record<number, string>)[expected.id],
        );
        expect(space.subject).toBe(expected.subject_his_id);
        expect(space.points.shape).toEqual([expected.np, 3]);
        expect(Array.from(space.vertices)).toEqual(Array.from(numbersOf(expected.vertno)));
        expect(
          largestDifference(space.points.data.slice(0, 9), numbersOf(expected.rr_first3)),
        ).toBe(0);
        expect(
          largestDifference(space.normals.data.slice(0, 9), numbersOf(expected.nn_first3)),
        ).toBe(0);
        expect(space.triangles?.shape[0] ?? 0).toBe(expected.ntri);
        if (expected.tris_first3 !== null)
          expect(Array.from(space.triangles?.data.slice(0, 9) ?? [])).toEqual(
            Array.from(numbersOf(expected.tris_first3)),
          );
        expect(space.gridShape).toEqual(expected.shape);
        if (expected.nearest !== null)
          expect(Array.from(space.nearest ?? [])).toEqual(Array.from(numbersOf(expected.nearest)));
        checkDistances(space, expected);
      });
    });
  },
);

function checkDistances(
  { distances, vertices }: Awaited<ReturnType<typeof readFifSourceSpaces>>[number],
  { dist, dist_limit: limit }: Space,
): void {
  expect(distances?.limitM).toEqual(
    dist === undefined ? undefined : limit === "Infinity" ? Infinity : limit,
  );
  if (dist === undefined || distances === undefined) return;
  const right = new Float64Array(bytesOf(dist.f64).buffer);
  const n = vertices.length;
  const { starts, indices, values } = distances.upper;
  const found = new Float64Array(n * n);
  vertices.forEach((vertex, i) => {
    for (let at = starts[vertex]; at < starts[vertex + 1]; at++) {
      const j = vertices.indexOf(indices[at]);
      found[i * n + j] += values[at];
      found[j * n + i] += values[at];
    }
  });
  expect(largestDifference(found, right)).toBe(0);
}

describe("damaged files are refused by their field", () => {
  /** The file with the 32-bit number at the start of the data of the first tag of this kind changed. */
  function changed(name: string, kind: number, value: number): Uint8Array {
    const bytes = bytesOf(name);
    const view = new DataView(bytes.buffer);
    for (let at = 0; at + 16 < bytes.length; at += 16 + view.getInt32(at + 8))
      if (view.getInt32(at) === kind) {
        view.setInt32(at + 16, value);
        return bytes;
      }
    throw new Error("no such tag");
  }
  test.each([
    ["used sources", changed("plain-src.fif", 3514, 61), /61 sources, as the file says/],
    ["number of points", changed("plain-src.fif", 3512, 641), /\(641, 3\)/],
    ["type", changed("plain-src.fif", 3518, 9), /one of 1, 2, 3/],
    ["frame", changed("plain-src.fif", 3506, 1), /one of 4, 5/],
    ["a triangle", changed("plain-src.fif", 3591, 643), /points from 1 to 642/],
    ["an epochs file", bytesOf("demo-epo.fif"), /source spaces/],
  ])("%s", async (_, bytes, message) => {
    await expect(readFifSourceSpaces(bytes)).rejects.toThrow(message);
  });
  test("an inverse whose parts do not fit each other", async () => {
    await expect(readFifInverse(changed("free-meg-inv.fif", 3522, 4))).rejects.toThrow(/1, 2 or 3/);
    await expect(readFifInverse(bytesOf("plain-src.fif"))).rejects.toThrow(/inverse/);
    await expect(
      readFifInverse(bytesOf("free-meg-inv.fif").subarray(0, 90_000)),
    ).rejects.toMatchObject({ code: "FILE_FORMAT" });
  });
});
