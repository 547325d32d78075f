import { jupyterDisplay, type Displayable, type MimeBundle } from "../../core/display.ts";
import { InvalidArgument, sample } from "../../core/errors.ts";
import { Table } from "../../table/table.ts";
import type { NiftiAffine } from "../../io/nifti/index.ts";
import { gridOf, nVoxelsOf, type Gridded } from "../grid.ts";
import { voxelOfNumber } from "../coordinates.ts";

/** One region of an atlas. */
export interface AtlasRegion {
  /** Its number in the image, above 0. */
  readonly label: number;
  readonly name: string;
  /** How many voxels the atlas has of it. */
  readonly nVoxels: number;
}

/** Regions of the brain as numbers of voxels, 0 being none, and their names. Shows itself as a table. */
export class Atlas implements Displayable {
  /** The number of the region of each voxel in C order; 0: none. */
  readonly labels: Int32Array;
  readonly shape: readonly number[];
  readonly affine: NiftiAffine;
  /** Regions that have voxels, by number. */
  readonly regions: readonly AtlasRegion[];
  /** Names of regions without a voxel. */
  readonly absent: readonly string[];
  /** How labels were made of probabilities, in words; empty where they were read. */
  readonly notes: readonly string[];

  constructor(
    image: Gridded,
    labels: Int32Array,
    names: ReadonlyMap<number, string>,
    notes: readonly string[] = [],
  ) {
    this.notes = notes;
    this.labels = labels;
    this.shape = image.shape.slice(0, 3);
    this.affine = gridOf(image, "atlas").affine;
    const counts = new Map<number, number>();
    for (const label of labels) if (label !== 0) counts.set(label, (counts.get(label) ?? 0) + 1);
    if (counts.size === 0)
      throw new InvalidArgument(
        "atlas",
        "0 in every voxel",
        "give an image with the number of a region in each voxel",
      );
    refuseNamesTwice(names, counts);
    this.regions = [...counts]
      .sort(([a], [b]) => a - b)
      .map(([label, nVoxels]) => ({
        label,
        name: names.get(label) ?? String(label),
        nVoxels,
      }));
    this.absent = [...names]
      .filter(([label]) => label !== 0 && !counts.has(label))
      .map(([, name]) => name);
    Object.freeze(this);
  }

  [jupyterDisplay](): MimeBundle | Promise<MimeBundle> {
    return new Table({
      label: this.regions.map(({ label }) => label),
      name: this.regions.map(({ name }) => name),
      voxels: this.regions.map(({ nVoxels }) => nVoxels),
    })[jupyterDisplay]();
  }
}

function refuseNamesTwice(
  names: ReadonlyMap<number, string>,
  counts: ReadonlyMap<number, number>,
): void {
  const used = [...names].filter(([label]) => counts.has(label)).map(([, name]) => name);
  const twice = [...names.values()].filter(
    (name, at, all) => all.indexOf(name) !== at && used.includes(name),
  );
  if (twice.length === 0) return;
  throw new InvalidArgument(
    "names",
    sample([...new Set(twice)]),
    "two regions have this name; give each its own, for example with its hemisphere",
  );
}

/** Labels as whole numbers. Throws `InvalidArgument` naming the first value that is none, and its voxel. */
export function wholeLabels(image: Gridded & { readonly data: ArrayLike<number> }): Int32Array {
  const grid = gridOf(image, "atlas");
  if (image.data.length !== nVoxelsOf(grid))
    throw new InvalidArgument(
      "atlas",
      `${image.data.length} values for ${grid.shape.join(" × ")} voxels`,
      "give one volume of labels",
    );
  return Int32Array.from(image.data, (value, at) => {
    if (Number.isSafeInteger(value) && value >= 0 && value < 2 ** 31) return value;
    throw new InvalidArgument(
      "atlas",
      `${value} in voxel (${voxelOfNumber(grid.shape, at).join(", ")})`,
      "labels are whole numbers from 0; was the atlas interpolated? Resample it by the nearest voxel",
    );
  });
}
