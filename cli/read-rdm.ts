import { basename } from "node:path";
import { FileFormatError } from "../src/core/errors.ts";
import type { Matrix } from "../src/core/matrix.ts";
import { asMatrix } from "../src/io/npy/npy-array.ts";
import { readNpy } from "../src/io/npy/parse-npy.ts";
import { Rdm } from "../src/rdm/rdm.ts";

/**
 * An RDM from an .npy file: a condensed vector in scipy's order, or a square matrix that is symmetric with zeros on the
 * diagonal. It is named after the file. Throws `FileFormatError` for anything else.
 */
export async function readRdm(path: string, items?: readonly string[]): Promise<Rdm> {
  const array = asMatrix(await readNpy(path));
  return new Rdm(condensedOf(path, array), { items, name: basename(path).replace(/\.npy$/i, "") });
}

/** Models, each from a file, with the items that all have. */
export function readModels(
  paths: readonly string[],
  items: readonly string[] | undefined,
): Promise<Rdm[]> {
  return Promise.all(paths.map((path) => readRdm(path, items)));
}

function condensedOf(path: string, { data, shape }: Matrix): ArrayLike<number> {
  if (shape.length === 1) return data;
  const [n] = shape;
  if (shape.length !== 2 || n !== shape[1]) {
    throw new FileFormatError(
      path,
      "shape",
      "a condensed vector or a square matrix",
      `(${shape.join(", ")})`,
      {
        advice: "make an RDM of features with: tsrsa rdm FEATURES.npy --out RDM.npy",
      },
    );
  }
  const condensed: number[] = [];
  for (let i = 0; i < n; i++) {
    if (data[i * n + i] !== 0)
      throw notAnRdm(path, `0 on the diagonal`, `${data[i * n + i]} at row ${i}`);
    for (let j = i + 1; j < n; j++) {
      const [above, below] = [data[i * n + j], data[j * n + i]];
      if (!Object.is(above, below) && above !== below)
        throw notAnRdm(
          path,
          "a symmetric matrix",
          `${above} at (${i}, ${j}) and ${below} at (${j}, ${i})`,
        );
      condensed.push(above);
    }
  }
  return condensed;
}

function notAnRdm(path: string, expected: string, found: string): FileFormatError {
  return new FileFormatError(path, "matrix", expected, found, {
    advice: "this is no dissimilarity matrix; features are turned into one with: tsrsa rdm",
  });
}
