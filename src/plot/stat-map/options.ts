import { sequentialPalettes } from "../colour/palette.ts";
import { notNegative, oneOf, numbers } from "../../core/gate/kinds.ts";
import type { OptionNames } from "../../core/gate/options.ts";
import type { Cuts } from "./cuts.ts";
import type { MapPalette, MapScale } from "./map-colours.ts";
import type { Volume } from "../../mri/grid.ts";
import type { Vec3 } from "./volume.ts";

/** A place to mark: a voxel of the map, or a point in mm. */
export interface MapMarker {
  readonly voxel?: Vec3;
  readonly mm?: Vec3;
  /** Written beside the mark. */
  readonly label?: string;
  /** Default: `#00e676`. */
  readonly colour?: string;
  /** Side of the square. Default: the voxel, and at least 7. */
  readonly sizePx?: number;
}

/** What all figures of a map have in common. */
export interface MapFigureOptions {
  /**
   * Only values at least this far from 0 are drawn; with `scale: "sequential"` only values of at least this. Default: 0,
   * which draws all but zeros and undefined values.
   */
  readonly threshold?: number;
  /** A mask on the grid of the map: only its voxels are drawn, such as those of significant clusters. */
  readonly within?: Volume;
  /** `symmetric` about 0 or `sequential`. Default: symmetric where a value that is drawn is negative. */
  readonly scale?: MapScale;
  /** Values of the first and last colour. Default: 0 to the largest value, or ± the largest absolute value. */
  readonly range?: readonly [low: number, high: number];
  /** For sequential maps. Default: `heat`, the upper half of the symmetric one. */
  readonly palette?: MapPalette;
  /** What the values are, with their unit; written along the colour bar. Default: `value`. */
  readonly label?: string;
  /** Above the figure. */
  readonly title?: string;
  /**
   * `neurological`: the left of the head is on the left of the page; `radiological`: on its right. Default:
   * neurological. Either is written into the picture as L and R.
   */
  readonly convention?: "neurological" | "radiological";
  /** Instead of our own words under the figure. */
  readonly caption?: string;
  /** Write the caption under the figure. Default: true. */
  readonly showCaption?: boolean;
  /** Width of the figure, at most; in one that may be wider, cuts are larger too. Default: 760. */
  readonly widthPx?: number;
}

/** Names of these options, for the check of options. */
export const mapFigureNames: OptionNames<MapFigureOptions> = {
  threshold: notNegative,
  within: true,
  scale: oneOf(["symmetric", "sequential"]),
  range: numbers,
  palette: oneOf(["heat", ...sequentialPalettes]),
  label: true,
  title: true,
  convention: oneOf(["neurological", "radiological"]),
  caption: true,
  showCaption: true,
  widthPx: true,
};

/** How a map is drawn on its background. */
export interface PlotStatMapOptions extends MapFigureOptions {
  /** Picture under the map, on any grid: it is brought to the cuts by its affine. Default: none. */
  readonly background?: Volume;
  /**
   * `[x, y, z]` in mm for three cuts through a point, or cuts across axes: `{ z: [-20, -10, 0] }` in mm, `{ z: 7 }`
   * spread over the map, `{ x: 6, y: 6, z: 6 }` for a mosaic. Default: through the value farthest from 0.
   */
  readonly cuts?: Cuts;
  /** Lines where the other cuts are, for three cuts through a point. Default: true. */
  readonly crosshair?: boolean;
  /** Drawn on every cut that goes through the voxel, or within half a voxel of the point. */
  readonly markers?: readonly MapMarker[];
  /**
   * Between voxel centres: `nearest` shows the voxels as they are, `linear` smooths them. Default: nearest.
   */
  readonly interpolation?: "nearest" | "linear";
}
