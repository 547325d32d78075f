import { dataUrl } from "../png/data-url.ts";
import { encodePalettePng } from "../png/palette-png.ts";
import { colourOf, greys, N_GREYS, type MapColours } from "./map-colours.ts";
import { shownValue, type Shown } from "./shown.ts";
import { sizeMm, views, type Axis, type Box, type View } from "./views.ts";
import { centreOf, voxelSizeMm, type PlacedVolume } from "./volume.ts";

/** A map seen through: the value farthest from 0 along each line of sight. */
export interface Projection {
  readonly shown: Shown;
  readonly colours: MapColours;
  readonly box: Box;
  readonly flip: boolean;
  /** Whose outline is drawn, and which of its values are inside. */
  readonly body: PlacedVolume;
  readonly isInside: (value: number) => boolean;
  /** Places of the voxels that were drawn; views add theirs. */
  readonly drawn: Set<number>;
}

/** A picture of numbers. */
interface Raster {
  readonly width: number;
  readonly height: number;
  readonly values: Float64Array;
}

const FILL = 0.3;
const LINE = 0.85;

/** A map seen along an axis as the address of a picture with `pixelsPerMm`. */
export function projectionImage(scene: Projection, axis: Axis, pixelsPerMm: number): string {
  const body = silhouette(scene, axis, pixelsPerMm);
  const { width, height } = body;
  const nearest = strongest(scene, axis, pixelsPerMm);
  const pixels = new Uint8Array(width * height);
  for (let at = 0; at < pixels.length; at++) {
    const voxel = nearest[at];
    if (voxel >= 0) {
      scene.drawn.add(voxel);
      pixels[at] = N_GREYS + colourOf(scene.colours, scene.shown.map.data[voxel]);
    } else pixels[at] = Math.round(glass(body, at) * (N_GREYS - 1));
  }
  const palette = [...greys, ...scene.colours.colours];
  return dataUrl("image/png", encodePalettePng(pixels, width, height, palette));
}

/** How bright glass is: a little where there is much of it, and bright along its edge. */
function glass({ values, width }: Raster, at: number): number {
  const value = values[at];
  const slope = Math.hypot(
    (values[at + 1] ?? value) - (values[at - 1] ?? value),
    (values[at + width] ?? value) - (values[at - width] ?? value),
  );
  const pixelsOff = slope < 1e-4 ? Infinity : Math.abs(value - 0.5) / (slope / 2);
  return Math.max(FILL * Math.min(1, value), LINE * Math.min(1, Math.max(0, 1.9 - pixelsOff)));
}

/** For each pixel the place of the drawn voxel farthest from 0 before or behind it; −1 where there is none. */
function strongest({ shown, box, flip }: Projection, axis: Axis, pixelsPerMm: number): Int32Array {
  const { map } = shown;
  const raster = emptyRaster(axis, box, pixelsPerMm);
  const nearest = new Int32Array(raster.values.length).fill(-1);
  for (let at = 0; at < map.data.length; at++) {
    if (Number.isNaN(shownValue(shown, at))) continue;
    footprint(map, at, { view: views[axis], box, flip, raster }, (pixel) => {
      const before = nearest[pixel];
      if (before < 0 || Math.abs(map.data[at]) > Math.abs(map.data[before])) nearest[pixel] = at;
    });
  }
  return nearest;
}

/** 1 well inside, 0 well outside, 0.5 along the outline. */
function silhouette(
  { body, isInside, box, flip }: Projection,
  axis: Axis,
  pixelsPerMm: number,
): Raster {
  const raster = emptyRaster(axis, box, pixelsPerMm);
  const view = views[axis];
  for (let at = 0; at < body.data.length; at++)
    if (isInside(body.data[at]))
      footprint(body, at, { view, box, flip, raster }, (pixel) => (raster.values[pixel] = 1));
  const size = voxelSizeMm(body);
  const radius = Math.max(
    2,
    Math.round(0.45 * Math.max(size[view.right], size[view.up]) * pixelsPerMm),
  );
  // Three means in a row are nearly a Gaussian.
  for (let pass = 0; pass < 3; pass++) blur(raster, radius);
  return raster;
}

function emptyRaster(axis: Axis, box: Box, pixelsPerMm: number): Raster {
  const [width, height] = sizeMm(views[axis], box).map((mm) =>
    Math.max(1, Math.round(mm * pixelsPerMm)),
  );
  return { width, height, values: new Float64Array(width * height) };
}

interface Placing {
  readonly view: View;
  readonly box: Box;
  readonly flip: boolean;
  readonly raster: Raster;
}

/** The pixels whose line of sight goes through a voxel; of oblique ones the rectangle around them. */
function footprint(
  volume: PlacedVolume,
  at: number,
  { view, box, flip, raster: { width, height } }: Placing,
  visit: (pixel: number) => void,
): void {
  const centre = centreOf(volume, at);
  const size = voxelSizeMm(volume);
  const { right, up } = view;
  const across = (mm: number) =>
    ((mm - box.low[right]) / (box.high[right] - box.low[right])) * width;
  const down = (mm: number) => ((box.high[up] - mm) / (box.high[up] - box.low[up])) * height;
  const [x1, x2] = [-0.5, 0.5].map((half) =>
    Math.round(across(centre[right] + half * size[right])),
  );
  const [y1, y2] = [0.5, -0.5].map((half) => Math.round(down(centre[up] + half * size[up])));
  const mirrored = flip && right === 0;
  for (let y = Math.max(0, y1); y < Math.min(height, y2); y++)
    for (let x = Math.max(0, x1); x < Math.min(width, x2); x++)
      visit(y * width + (mirrored ? width - 1 - x : x));
}

function blur({ width, height, values }: Raster, radius: number): void {
  for (let y = 0; y < height; y++) slidingMean(values, y * width, 1, width, radius);
  for (let x = 0; x < width; x++) slidingMean(values, x, width, height, radius);
}

function slidingMean(
  values: Float64Array,
  start: number,
  step: number,
  n: number,
  radius: number,
): void {
  const line = Float64Array.from({ length: n }, (_, i) => values[start + i * step]);
  const at = (i: number) => (i < 0 || i >= n ? 0 : line[i]);
  let sum = 0;
  for (let i = -radius; i < radius; i++) sum += at(i);
  for (let i = 0; i < n; i++) {
    sum += at(i + radius);
    values[start + i * step] = sum / (2 * radius + 1);
    sum -= at(i - radius);
  }
}
