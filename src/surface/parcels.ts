import { DuplicateItem, InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import { isRecord, listOf, numbers, object } from "../core/gate/kinds.ts";
import { readFreesurferAnnot } from "../io/freesurfer/index.ts";
import { readGifti } from "../io/gifti/index.ts";
import { refuseOtherHalf } from "./half-of-file.ts";
import type { SurfaceVertices } from "./surface-vertices.ts";
import { sides, type Halves, type Side } from "./hemispheres.ts";

/** A parcellation of one half: what `readFreesurferAnnot` gives, or a list of one's own. */
export interface HalfParcels {
  /** For each vertex of the full mesh the place of its parcel in `entries`; −1: none. */
  readonly labels: ArrayLike<number>;
  readonly entries: readonly { readonly name: string | undefined }[];
}

/** Parcels of both halves, or of one. */
export type Parcels = Halves<HalfParcels>;

/**
 * Read the parcels of both halves: FreeSurfer's `.annot`, or `.label.gii`. A key that is in no table is no parcel.
 *
 * @throws FileFormatError, MissingFile, InvalidArgument for other files.
 * @example
 * import { readParcels } from "tsrsa";
 * async function names(left: string, right: string) {
 *   const parcels = await readParcels({ left, right });
 *   return parcels.left?.entries.map(({ name }) => name);
 * }
 */
export async function readParcels(files: Halves<string | URL>): Promise<Parcels> {
  if (!isRecord(files)) throw new InvalidArgument("files", files, "give { left, right }");
  const halves: [Side, HalfParcels][] = [];
  for (const side of sides) {
    const file = files[side];
    if (file !== undefined) halves.push([side, await readHalf(file, side)]);
  }
  if (halves.length > 0) return Object.fromEntries(halves);
  throw new InvalidArgument("files", "none", "give { left, right }, or one of them");
}

async function readHalf(file: string | URL, side: Side): Promise<HalfParcels> {
  refuseOtherHalf(file, side);
  const name = file instanceof URL ? file.pathname : file;
  if (/\.annot(\.gz)?$/i.test(name)) return readFreesurferAnnot(file);
  if (!/\.gii(\.gz)?$/i.test(name))
    throw new InvalidArgument("files", name, "give .annot or .label.gii files");
  const gifti = await readGifti(file);
  refuseOtherHalf(file, side, gifti);
  const { arrays, labels } = gifti;
  const found = arrays.find(({ intent }) => intent === "LABEL");
  if (found === undefined) throw new InvalidArgument("files", name, "it has no array of labels");
  const placeOf = new Map(labels.map(({ key }, place) => [key, place]));
  return {
    labels: Int32Array.from(found.values.data, (key) => placeOf.get(key) ?? -1),
    entries: labels,
  };
}

/** One parcel among vertices that have data. */
export interface Parcel {
  readonly name: string;
  /** Places among the vertices, ascending. */
  readonly places: Int32Array;
}

/** Parcels that have vertices with data, left before right. Throws `ShapeMismatch`, `InvalidArgument`, `DuplicateItem`. */
export function parcelsAmong(
  parcels: Parcels,
  { side, vertex, nMesh }: Pick<SurfaceVertices, "side" | "vertex" | "nMesh">,
): Parcel[] {
  const groups = new Map<string, number[]>();
  const placeOf = new Map<string, number>();
  side.forEach((half, at) => {
    const own = parcels[half];
    if (own === undefined) return;
    if (at === side.indexOf(half)) checkHalf(own, half);
    if (
      own.labels.length !== (nMesh?.[half] ?? own.labels.length) ||
      vertex[at] >= own.labels.length
    )
      throw new ShapeMismatch(
        `a label for each vertex of the mesh in parcels.${half}`,
        `${own.labels.length}, and data at vertex ${vertex[at]} of ${nMesh?.[half] ?? "a larger mesh"}`,
      );
    const place = own.labels[vertex[at]];
    if (place < 0) return;
    const name = `${half} ${own.entries[place]?.name ?? place}`;
    if ((placeOf.get(name) ?? place) !== place)
      throw new DuplicateItem([name], "give each parcel of a half a name of its own");
    placeOf.set(name, place);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [at]);
    else group.push(at);
  });
  if (groups.size === 0)
    throw new InvalidArgument(
      "parcels",
      "none with data",
      "give parcels of the mesh that the data are on",
    );
  return [...groups].map(([name, places]) => ({ name, places: Int32Array.from(places) }));
}

function checkHalf({ labels, entries }: HalfParcels, side: Side): void {
  numbers(labels, `parcels.${side}.labels`);
  listOf(object)(entries, `parcels.${side}.entries`);
  const wrong = Array.from(labels).find(
    (place) => !Number.isInteger(place) || place < -1 || place >= entries.length,
  );
  if (wrong === undefined) return;
  throw new InvalidArgument(
    `parcels.${side}.labels`,
    wrong,
    `give places in entries, from 0 to ${entries.length - 1}, or −1 for no parcel`,
  );
}
