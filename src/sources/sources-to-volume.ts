import { InvalidArgument } from "../core/errors.ts";
import { finite, listOf, thing } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import type { FifSourceSpace } from "../io/fif/index.ts";
import { frameAt } from "./frame-at.ts";
import { gridShapeOf, placeOnGrid, type GridShape } from "./source-grid.ts";
import { someEstimates, type SourceEstimates } from "./source-estimates.ts";
import { checkSpaces, type SourceSpaces } from "./source-patches.ts";

/** Which time of estimates becomes a volume. */
export interface SourcesToVolumeOptions {
  /** Of several times the one nearest to this, in seconds. */
  readonly atS?: number;
}

/** Values on the grid of a source space: what `plotGlassBrain`, `plotStatMap`, `viewStatMap` and `writeNifti` take. */
export interface SourceVolume {
  /** In C order (z fastest); NaN where there is no source. */
  readonly data: Float64Array;
  readonly shape: GridShape;
  /** From indices to mm in the frame of the source space: MRI (surface RAS), or head. */
  readonly affine: readonly (readonly number[])[];
}

const optionNames: OptionNames<SourcesToVolumeOptions> = { atS: finite };

/**
 * One estimate of a volume at one time as an image on the grid of its source space, NaN where there is no source. Places
 * are those of the file, in mm: FreeSurfer's surface coordinates, or the head's, not the scanner's. Agrees with
 * `as_volume(src, mri_resolution=False)` of MNE but for its zeros outside.
 *
 * @throws InvalidArgument for estimates on the cortex, several, or with directions; for places without a grid, and where
 *   several times are not told apart; ItemMismatch naming sources that the space lacks.
 * @example
 * import { plotGlassBrain, readSourceEstimates, readSourceSpaces, sourcesToVolume } from "tsrsa";
 * async function glass(stc: string, src: string) {
 *   const volume = sourcesToVolume(await readSourceEstimates(stc), await readSourceSpaces(src), { atS: 0.1 });
 *   return plotGlassBrain(volume, { scale: "symmetric", threshold: 2 });
 * }
 */
export function sourcesToVolume(
  estimates: SourceEstimates,
  spaces: SourceSpaces,
  options: SourcesToVolumeOptions = {},
): SourceVolume {
  return layInVolume(estimates, spaces, options, NaN);
}

/** As {@link sourcesToVolume}, with a value of one's own where there is no source. */
export function layInVolume(
  estimates: SourceEstimates,
  spaces: SourceSpaces,
  options: SourcesToVolumeOptions,
  elsewhere: number,
): SourceVolume {
  someEstimates(estimates, "estimates");
  spacesKind(spaces, "spaces");
  checkOptions(options, optionNames);
  const { kind, length, isVector, times, tstepS } = estimates;
  if (kind !== "volume" || length !== 1 || isVector)
    throw new InvalidArgument(
      "estimates",
      kind === "volume" ? `${length} estimates${isVector ? " with directions" : ""}` : "a cortex",
      "give one estimate of a volume, of lengths or signed currents; those on a cortex go into plotSurfaceMap",
    );
  checkSpaces(estimates, spaces);
  const frame = frameAt(times, tstepS, options.atS);
  const values = Float64Array.from(
    estimates.vertices[0],
    (_, row) => estimates.data.data[row * times.length + frame],
  );
  return volumeOf(spaces[0], estimates.vertices[0], values, elsewhere);
}

const spacesKind = listOf(thing("a source space, as readSourceSpaces gives", "points", "vertices"));

/** Ones where a source space has sources, zeros elsewhere. */
export function sourceMask([space]: SourceSpaces): SourceVolume {
  return volumeOf(space, space.vertices, new Float64Array(space.vertices.length).fill(1), 0);
}

function volumeOf(
  space: FifSourceSpace,
  vertices: Int32Array,
  values: Float64Array,
  elsewhere: number,
): SourceVolume {
  const shape = gridShapeOf(space, "values on a volume need places on a grid");
  const data = new Float64Array(shape[0] * shape[1] * shape[2]).fill(elsewhere);
  vertices.forEach((vertex, row) => {
    const [i, j, k] = placeOnGrid(shape, vertex);
    data[(i * shape[1] + j) * shape[2] + k] = values[row];
  });
  return { data, shape, affine: affineOf(space, shape) };
}

/** Steps from the first point along the three axes, in mm; along an axis of one point as long as the others. */
function affineOf({ points: { data } }: FifSourceSpace, [nx, ny, nz]: GridShape): number[][] {
  const step = (stride: number, count: number) =>
    count < 2
      ? undefined
      : [0, 1, 2].map(
          (axis) => (1000 * (data[3 * stride * (count - 1) + axis] - data[axis])) / (count - 1),
        );
  const steps = [step(1, nx), step(nx, ny), step(nx * ny, nz)];
  const known = steps.find((one) => one !== undefined);
  const sizeMm = known === undefined ? 1 : Math.hypot(...known);
  const along = steps.map((one, axis) => one ?? [0, 1, 2].map((at) => (at === axis ? sizeMm : 0)));
  const rows = [0, 1, 2].map((axis) => [...along.map((one) => one[axis]), 1000 * data[axis]]);
  return [...rows, [0, 0, 0, 1]];
}
