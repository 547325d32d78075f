import { fileExists } from "#platform/files";
import { FileFormatError, MissingFile } from "../../core/errors.ts";
import { openHdf5 } from "../../io/hdf5/index.ts";
import { readMat } from "../../io/mat/index.ts";
import { asMatrix, readNpyObject } from "../../io/npy/index.ts";
import type { Matrix } from "../../core/matrix.ts";

/** Where GLMsingle wrote: its Python or its MATLAB version, which count from 0 and from 1. */
export interface GlmSingleFile {
  readonly path: string;
  readonly kind: "npy" | "hdf5" | "mat";
}

/** The file of a name, as one of the three programs writes it. Throws `MissingFile`. */
export async function findGlmSingle(folder: string, stem: string): Promise<GlmSingleFile> {
  for (const kind of ["npy", "hdf5", "mat"] as const) {
    const path = `${folder}/${stem}.${kind}`;
    if (await fileExists(path)) return { path, kind };
  }
  throw new MissingFile(
    `${folder}/${stem}.npy (or .hdf5, .mat)`,
    "GLMsingle writes it with wantfileoutputs; give its output folder",
  );
}

/** One array of a file, under the first of some names that it has. Throws `FileFormatError`. */
export async function arrayOf(
  { path, kind }: GlmSingleFile,
  names: readonly string[],
  maxBytes?: number,
): Promise<Matrix> {
  const found = await readers[kind](path, names, maxBytes);
  if (found !== undefined) return found;
  throw new FileFormatError(path, names.join(" or "), "numbers", "nothing of the name", {
    advice: "it is no output of GLMsingle, or of a version that names it otherwise",
  });
}

type Reader = (
  path: string,
  names: readonly string[],
  maxBytes: number | undefined,
) => Promise<Matrix | undefined>;

const readers: Readonly<Record<GlmSingleFile["kind"], Reader>> = {
  npy: async (path, names, maxBytes) => {
    const all = await readNpyObject(path, maxBytes === undefined ? {} : { maxBytes });
    if (!(all instanceof Map)) return undefined;
    const value: unknown = names
      .map((name) => all.get(name) as unknown)
      .find((one) => one !== undefined);
    if (Array.isArray(value))
      return { data: Float64Array.from(value as number[]), shape: [value.length] };
    return isNumbers(value) ? asMatrix(value) : undefined;
  },
  hdf5: async (path, names) => {
    const file = await openHdf5(path);
    try {
      const keys = await file.keys("/");
      const name = names.find((one) => keys.includes(one));
      return name === undefined ? undefined : asMatrix(await file.read(`/${name}`));
    } finally {
      await file.close();
    }
  },
  mat: async (path, names, maxBytes) => {
    const all = await readMat(path, maxBytes === undefined ? {} : { maxBytes });
    const value = names.map((name) => all.get(name)).find((one) => one !== undefined);
    return value?.kind === "number" ? asMatrix(value) : undefined;
  },
};

function isNumbers(value: unknown): value is Parameters<typeof asMatrix>[0] {
  return typeof value === "object" && value !== null && "kind" in value && "shape" in value;
}
