import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readSourceSpaces, sourceNeighbours } from "../../src/index.ts";
import { isReferenceError, readReference } from "../reference/read-reference.ts";
import type { ReferenceError } from "../reference/read-reference.ts";

interface AdjacencyCase {
  readonly source_space: string;
  readonly dist?: number;
  readonly result:
    | {
        readonly shape: readonly [number, number];
        readonly pairs: readonly (readonly [number, number])[];
      }
    | ReferenceError;
}

const { adjacency } = readReference<{ adjacency: readonly AdjacencyCase[] }>(
  "surface/geodesic.json",
);
const spacesOf = (name: string) =>
  readSourceSpaces(fileURLToPath(new URL(`../fixtures/surface/sources/${name}`, import.meta.url)));
const quiet = { onProgress: false } as const;

test.each(adjacency.filter(({ result }) => !isReferenceError(result)))(
  "$source_space, up to $dist m: the pairs of MNE",
  async ({ source_space: name, dist, result }) => {
    const found = await sourceNeighbours(await spacesOf(name), { withinM: dist, ...quiet });
    if (isReferenceError(result)) throw new Error("not for this test");
    expect(found.names).toHaveLength(result.shape[0]);
    expect(found.pairs).toEqual(result.pairs);
  },
);

test("a spacing without triangles needs a distance, which a volume cannot have", async () => {
  await expect(sourceNeighbours(await spacesOf("plain-src.fif"))).rejects.toThrow(/withinM/);
  await expect(
    sourceNeighbours(await spacesOf("volume-src.fif"), { withinM: 0.01 }),
  ).rejects.toThrow(/on the grid/);
});

test("ways that the file lacks are computed: the same pairs", async () => {
  const stored = await sourceNeighbours(await spacesOf("dist-src.fif"), { withinM: 0.012 });
  const computed = await sourceNeighbours(await spacesOf("plain-src.fif"), {
    withinM: 0.012,
    ...quiet,
  });
  expect(computed.pairs).toEqual(stored.pairs);
  expect(computed.names.slice(0, 2)).toEqual(stored.names.slice(0, 2));
  expect(computed.words).toBe("up to 12 mm apart along the cortex");
});
