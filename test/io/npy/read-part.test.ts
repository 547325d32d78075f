import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fc } from "../../support/fast-check.ts";
import { afterAll, expect, test } from "vitest";
import { latin1Text } from "../../../src/core/latin1.ts";
import { npyBytes, readNpyPart, writeNpy } from "../../../src/io/npy/index.ts";

const folder = mkdtempSync(join(tmpdir(), "tsrsa-part-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("any rows and columns are those of the whole matrix, in either order of storage", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 1, max: 9 }),
      fc.infiniteStream(fc.nat(100)),
      fc.boolean(),
      async (nRows, nColumns, stream, fortran) => {
        const draw = (most: number) => (stream.next().value as number) % most;
        const rows = Array.from({ length: draw(9) }, () => draw(nRows));
        const columns = Array.from({ length: draw(9) }, () => draw(nColumns));
        const file = npyBytes({
          data: Float32Array.from({ length: nRows * nColumns }, (_, at) => at),
          shape: [nRows, nColumns],
        });
        const text = latin1Text(file.subarray(0, 128));
        if (fortran) file.set(new TextEncoder().encode("True, "), text.indexOf("False,"));
        const part = await readNpyPart(file, { rows, columns });
        const value = (row: number, column: number) =>
          fortran ? column * nRows + row : row * nColumns + column;
        expect(Array.from(part.data)).toEqual(
          rows.flatMap((row) => columns.map((column) => value(row, column))),
        );
        expect(part.shape).toEqual([rows.length, columns.length]);
      },
    ),
    { numRuns: 200, seed: 2 },
  );
});

test("from a file only what is asked for is read", async () => {
  const path = join(folder, "wide.npy");
  const shape = [40, 50_000];
  await writeNpy(path, { data: Float32Array.from({ length: 2_000_000 }, (_, at) => at), shape });
  const part = await readNpyPart(path, { rows: [0, 1, 2, 39], columns: [49_999, 3] });
  expect(Array.from(part.data)).toEqual([
    49_999, 3, 99_999, 50_003, 149_999, 100_003, 1_999_999, 1_950_003,
  ]);
});

test("a place outside, and an array that is no matrix, are refused", async () => {
  const file = npyBytes({ data: Float32Array.of(1, 2), shape: [1, 2] });
  await expect(readNpyPart(file, { rows: [1] })).rejects.toThrow("there are 1 of them");
  await expect(readNpyPart(file, { columns: [0.5] })).rejects.toThrow("invalid columns");
  await expect(readNpyPart(npyBytes([1, 2]))).rejects.toThrow("a matrix");
});
