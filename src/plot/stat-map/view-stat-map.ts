import { numbers } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { InvalidArgument } from "../../core/errors.ts";
import type { Volume } from "../../mri/grid.ts";
import type { Figure } from "../figure.ts";
import { mapFigure } from "./map-figure.ts";
import { type MapFigureOptions, mapFigureNames } from "./options.ts";
import { cutPainter } from "./plot-stat-map.ts";
import { prepare } from "./prepare.ts";
import { peakPoint } from "./shown.ts";
import { viewerHtml } from "./viewer-html.ts";
import type { Vec3 } from "./volume.ts";

/** How a map is shown to be looked through. */
export interface ViewStatMapOptions extends MapFigureOptions {
  /** Picture under the map, on any grid. Default: none. */
  readonly background?: Volume;
  /** Point in mm to begin with. Default: the value farthest from 0. */
  readonly atMm?: Vec3;
}

const viewStatMapNames: OptionNames<ViewStatMapOptions> = {
  ...mapFigureNames,
  background: true,
  atMm: numbers,
};

/**
 * Show a map to be looked through: in a notebook or a page three cuts with a slider each, a slider for the threshold,
 * and the exact value under the cross. The figure is still one: as SVG and PNG, and wherever scripts are stripped, it
 * is the cuts through the point to begin with. Nothing is loaded: page, numbers and script are in one piece.
 *
 * Throws as `plotStatMap`.
 *
 * @example
 * import { viewStatMap } from "tsrsa";
 * const affine = [[3, 0, 0, -3], [0, 3, 0, -3], [0, 0, 3, -3], [0, 0, 0, 1]];
 * const data = new Float32Array(27).fill(0.1);
 * const figure = viewStatMap({ data, shape: [3, 3, 3], affine }, { atMm: [0, 0, 0] });
 * (await figure.html())?.includes("<img"); // true
 */
export function viewStatMap(map: Volume, options: ViewStatMapOptions = {}): Figure {
  checkOptions(options, viewStatMapNames);
  const { background, atMm, label = "value", title = "" } = options;
  const prepared = prepare(map, options, background);
  if (atMm !== undefined && !(atMm.length === 3 && atMm.every(Number.isFinite)))
    throw new InvalidArgument("atMm", atMm, "give [x, y, z] in mm");
  const at = atMm ?? peakPoint(prepared.shown.map, prepared.summary, prepared.box);
  return mapFigure(prepared, options, cutPainter(prepared, { cuts: atMm }), (figure, pngUrl) =>
    viewerHtml(prepared, { title, label, at }, figure, pngUrl),
  );
}
