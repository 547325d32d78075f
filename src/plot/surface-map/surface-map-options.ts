import {
  either,
  flag,
  finite,
  kind,
  limit,
  list,
  notNegative,
  numbers,
  oneOf,
  text,
  thing,
  whole,
} from "../../core/gate/kinds.ts";
import type { OptionNames } from "../../core/gate/options.ts";
import type { Halves, Side } from "../../surface/hemispheres.ts";
import type { Mesh } from "../../surface/mesh-edges.ts";
import type { Parcels } from "../../surface/parcels.ts";
import { sequentialPalettes } from "../colour/palette.ts";
import type { MapPalette, MapScale } from "../stat-map/map-colours.ts";
import { surfaceViews, type SurfaceView } from "./surface-view.ts";
import type { FillOptions } from "./surface-values.ts";

/** A vertex to mark. */
export interface SurfaceMarker {
  readonly side: Side;
  readonly vertex: number;
  /** Written beside the mark. */
  readonly label?: string;
}

/** How a map is drawn on the cortex. */
export interface PlotSurfaceMapOptions extends FillOptions {
  /** The meshes that are drawn: pial, inflated, white …, from readGifti, readFreesurferGeometry or a source space. */
  readonly surfaces: Halves<Mesh>;
  /** From where: a row of pictures for each. Default: lateral and medial. */
  readonly views?: readonly SurfaceView[];
  /** For each vertex above 0 in a sulcus (FreeSurfer's sulc or curv), drawn in greys under the map. */
  readonly curvature?: Halves<ArrayLike<number>>;
  /**
   * Only values at least this far from 0 are drawn; with `scale: "sequential"` only values of at least this. Elsewhere
   * the cortex is seen. Default: 0, all but 0 and NaN.
   */
  readonly threshold?: number;
  /** `symmetric` about 0 or `sequential`. Default: symmetric where a value that is drawn is negative. */
  readonly scale?: MapScale;
  /** Values of the first and last colour. Default: 0 to the largest value, or ± the largest absolute value. */
  readonly range?: readonly [low: number, high: number];
  /** For sequential maps. Default: `heat`. */
  readonly palette?: MapPalette;
  /** Parcels whose borders are drawn. */
  readonly parcels?: Parcels;
  /** Vertices to mark where they can be seen. */
  readonly markers?: readonly SurfaceMarker[];
  /** Mark so many of the highest local maxima (of |value| on symmetric scales). Default: 0. */
  readonly peaks?: number;
  /** What the values are, with their unit; written along the colour bar. Default: `value`. */
  readonly label?: string;
  readonly title?: string;
  /** Instead of our own words under the figure. */
  readonly caption?: string;
  /** Write the caption under the figure. Default: true. */
  readonly showCaption?: boolean;
  /** Width of the figure. Default: 760. */
  readonly widthPx?: number;
}

const someHalf = either(thing("{ left, right }", "left"), thing("{ left, right }", "right"));

/** Names of these options. */
export const plotSurfaceMapNames: OptionNames<PlotSurfaceMapOptions> = {
  surfaces: someHalf,
  views: kind(
    `a list of views (${surfaceViews.join(", ")})`,
    (value) =>
      Array.isArray(value) &&
      value.length > 0 &&
      value.every((view) => surfaceViews.includes(view as SurfaceView)),
  ),
  curvature: someHalf,
  threshold: notNegative,
  scale: oneOf(["symmetric", "sequential"]),
  range: numbers,
  palette: oneOf(["heat", ...sequentialPalettes]),
  parcels: someHalf,
  markers: list,
  peaks: whole(0),
  atS: finite,
  spread: either(
    kind('"nearest" or a number of steps', (value) => value === "nearest"),
    whole(1, 10_000),
  ),
  spreadLimit: limit,
  label: text,
  title: text,
  caption: text,
  showCaption: flag,
  widthPx: true,
};
