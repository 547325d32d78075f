import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { FileFormatError, MissingFile } from "../../../src/core/errors.ts";
import { asMatrix, readNpy } from "../../../src/io/index.ts";
import { Rdm } from "../../../src/rdm/index.ts";

/** The image sets of the Algonauts 2019 challenge. */
export type ImageSet = 92 | 78;

/** Regions of its fMRI RDMs. */
export type Region = "EVC" | "IT";

const MOST_BYTES = 64 * 1024 * 1024;

/**
 * The RDM of each participant for one region and image set. `folder` holds the files as they are published
 * (`92images/92images_fmri_IT_RDMs.gzip`, JSON inside), or as arrays (`fmri_IT_RDMs.npy`, there or in a folder
 * `algonauts2019-92`).
 */
export async function readFmriRdms(
  folder: string,
  images: ImageSet,
  region: Region,
): Promise<Rdm[]> {
  const packed = `${images}images/${images}images_fmri_${region}_RDMs.gzip`;
  const array = `fmri_${region}_RDMs.npy`;
  const places = [
    packed,
    basename(packed),
    `algonauts2019-${images}/${array}`,
    `${images}images/${array}`,
    array,
  ];
  const path = places.map((place) => join(folder, place)).find((place) => existsSync(place));
  if (path === undefined)
    throw new MissingFile(
      join(folder, packed),
      `nor ${places.slice(2).join(" or ")}; pass a folder of the Algonauts 2019 RDMs, or fetch them: tsrsa data fetch algonauts2019`,
    );
  const { data, shape } = path.endsWith(".npy")
    ? asMatrix(await readNpy(path))
    : await readPacked(path);
  if (shape.length !== 3 || shape[1] !== images || shape[2] !== images)
    throw new FileFormatError(
      path,
      "shape",
      `participants × ${images} × ${images}`,
      shape.join(" × "),
    );
  return Array.from({ length: shape[0] }, (_, subject) =>
    fromSquare(data.subarray(subject * images * images, (subject + 1) * images * images), images, {
      name: `participant ${subject + 1}`,
    }),
  );
}

/** An RDM from a square matrix whose rows are the images in order; files of these sets have no labels of their own. */
export function fromSquare(
  square: ArrayLike<number>,
  n: number,
  options: { name: string; metric?: string },
): Rdm {
  const condensed = new Float64Array((n * (n - 1)) / 2);
  for (let i = 0, k = 0; i < n; i++)
    for (let j = i + 1; j < n; j++, k++) condensed[k] = square[i * n + j];
  const items = Array.from({ length: n }, (_, i) => `image ${String(i + 1).padStart(2, "0")}`);
  return new Rdm(condensed, { items, metric: options.metric ?? "correlation", name: options.name });
}

/** JSON in gzip: `{ data, shape }`. */
async function readPacked(path: string): Promise<{ data: Float64Array; shape: readonly number[] }> {
  const bytes = gunzipSync(await readFile(path), { maxOutputLength: MOST_BYTES });
  const parsed = JSON.parse(bytes.toString("utf8")) as { data?: unknown; shape?: unknown };
  if (!Array.isArray(parsed.data) || !Array.isArray(parsed.shape))
    throw new FileFormatError(path, "content", "data and shape", Object.keys(parsed).join(", "));
  const data = Float64Array.from((parsed.data as unknown[]).flat(Infinity) as number[]);
  const shape = parsed.shape.map(Number);
  if (data.length !== shape.reduce((product, length) => product * length, 1))
    throw new FileFormatError(path, "data", `${shape.join(" × ")} numbers`, `${data.length}`);
  return { data, shape };
}
