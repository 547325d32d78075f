import { InvalidArgument, ShapeMismatch, UnknownItem, UnknownOption } from "../../core/errors.ts";
import type { Image } from "../image/image.ts";
import { readImage } from "../image/read-image.ts";
import { readNpyPart } from "../npy/read-part.ts";
import { verticesOf, type RoiVertices } from "./roi-masks.ts";
import type { AlgonautsImage, AlgonautsResponses, Hemisphere, ResponseSelection } from "./types.ts";

/** What an opened folder knows. */
export interface Opened {
  readonly responses: Readonly<Record<Hemisphere, string>>;
  readonly images: readonly AlgonautsImage[];
  readonly vertices: Readonly<Record<Hemisphere, number>>;
  readonly rois: RoiVertices;
}

/** Both hemispheres side by side. */
export async function readResponses(
  opened: Opened,
  selection: ResponseSelection,
): Promise<AlgonautsResponses> {
  const { roi = "all", hemispheres = ["lh", "rh"] } = selection;
  const asked = typeof roi === "string" ? [roi] : roi;
  const images = selection.images ?? opened.images.map(({ name }) => name);
  const rows = imagesOf(opened, images).map(({ row }) => row);
  const read = async (side: Hemisphere) => {
    const columns = hemispheres.includes(side) ? verticesOf(opened.rois, asked, side) : [];
    return readNpyPart(opened.responses[side], { rows, columns });
  };
  checkHemispheres(hemispheres);
  const [left, right] = [await read("lh"), await read("rh")];
  const vertices = { lh: left.shape[1], rh: right.shape[1] };
  if (vertices.lh + vertices.rh === 0)
    throw new InvalidArgument(
      "roi",
      asked.join(", "),
      `it has no vertex in ${hemispheres.join(" and ")} of this participant; see the sizes in rois`,
    );
  return { data: sideBySide(left.data, right.data, rows.length, vertices), images, vertices };
}

/** Images by name. */
export async function readImages(
  opened: Opened,
  names: readonly string[] = opened.images.map(({ name }) => name),
  options: { readonly grey?: boolean } = {},
): Promise<Image[]> {
  const images: Image[] = [];
  for (const { path, name } of imagesOf(opened, names))
    images.push({ ...(await readImage(path, options)), name });
  return images;
}

function imagesOf({ images }: Opened, names: readonly string[]): AlgonautsImage[] {
  const byName = new Map(images.map((image) => [image.name, image]));
  return names.map((name) => {
    const image = byName.get(name);
    if (image === undefined) throw new UnknownItem(name, [...byName.keys()]);
    return image;
  });
}

function checkHemispheres(found: readonly string[]): void {
  if (found.length === 0)
    throw new InvalidArgument("hemispheres", "none", 'give "lh", "rh" or both');
  const bad = found.find((side) => side !== "lh" && side !== "rh");
  if (bad !== undefined) throw new UnknownOption("hemisphere", bad, ["lh", "rh"]);
}

function sideBySide(
  left: ArrayLike<number>,
  right: ArrayLike<number>,
  nRows: number,
  { lh, rh }: Readonly<Record<Hemisphere, number>>,
) {
  if (left.length !== nRows * lh || right.length !== nRows * rh)
    throw new ShapeMismatch(`${nRows} rows a hemisphere`, `${left.length} and ${right.length}`);
  const width = lh + rh;
  const data = new Float32Array(nRows * width);
  for (let row = 0; row < nRows; row++) {
    for (let v = 0; v < lh; v++) data[row * width + v] = left[row * lh + v];
    for (let v = 0; v < rh; v++) data[row * width + lh + v] = right[row * rh + v];
  }
  return { data, shape: [nRows, width] };
}
