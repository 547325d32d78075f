import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { InvalidArgument } from "../../core/errors.ts";
import { finite, list } from "../../core/gate/kinds.ts";
import type { Volume } from "../../mri/grid.ts";
import { frameAt } from "../../sources/frame-at.ts";
import { SourceEstimates } from "../../sources/source-estimates.ts";
import type { SourceSpaces } from "../../sources/source-patches.ts";
import { layInVolume, sourceMask } from "../../sources/sources-to-volume.ts";
import { noShapes, type Shapes } from "../draw/shapes.ts";
import type { Figure } from "../figure.ts";
import { isTissue } from "./background.ts";
import { axes } from "./cuts.ts";
import { blackGround } from "./ground.ts";
import { mapFigure, type Paint } from "./map-figure.ts";
import { type MapFigureOptions, mapFigureNames } from "./options.ts";
import { layOutPanels } from "./panel-layout.ts";
import { textShapes, sideShapes } from "./panel-shapes.ts";
import { prepare, type Prepared } from "./prepare.ts";
import { projectionImage, type Projection } from "./projection.ts";

/** How a map is drawn in glass. */
export interface PlotGlassBrainOptions extends MapFigureOptions {
  /**
   * A brain mask, or an anatomy, whose outline is drawn. Default: the voxels in which the map has a value; for estimates
   * all places of sources.
   */
  readonly outline?: Volume;
  /** For estimates of sources: the volume that they are in. */
  readonly sourceSpaces?: SourceSpaces;
  /** For estimates of several times the one nearest to this, in seconds. */
  readonly atS?: number;
}

const looks = { x: "from the right", y: "from behind", z: "from above" } as const;

const plotGlassBrainNames: OptionNames<PlotGlassBrainOptions> = {
  ...mapFigureNames,
  outline: true,
  sourceSpaces: list,
  atS: finite,
};

/**
 * Draw a map seen through a brain of glass, from the side, from behind and from above: each pixel has the value
 * farthest from 0 along the line of sight. It shows all of a map at once, but not how deep a value lies; use
 * {@link plotStatMap} for that.
 *
 * @param map - an image of one volume, or one estimate of sources in a volume (with `sourceSpaces`, and `atS` where it has
 *   several times), which is drawn on the grid of its sources.
 *
 * Throws `ShapeMismatch` for an image of several volumes or a mask on another grid, `ItemMismatch` for estimates with
 * sources that the space lacks, `InvalidArgument`, `UnknownOption`.
 *
 * @example
 * import { plotGlassBrain } from "tsrsa";
 * const affine = [[3, 0, 0, -3], [0, 3, 0, -3], [0, 0, 3, -3], [0, 0, 0, 1]];
 * const data = new Float32Array(27).fill(0.1);
 * data[22] = 0.5;
 * const figure = plotGlassBrain({ data, shape: [3, 3, 3], affine }, { threshold: 0.2 });
 * figure.data.column("xMm"); // [3]
 */
export function plotGlassBrain(
  map: Volume | SourceEstimates,
  options: PlotGlassBrainOptions = {},
): Figure {
  checkOptions(options, plotGlassBrainNames);
  const { volume, outline, how } = drawnVolume(map, options);
  const prepared = prepare(volume, options, outline);
  return mapFigure(prepared, options, glassPainter(prepared, how));
}

const seenThrough =
  "Seen through: each pixel has the value farthest from 0 along the line of sight.";

function drawnVolume(
  map: Volume | SourceEstimates,
  { sourceSpaces, atS, outline }: PlotGlassBrainOptions,
): { readonly volume: Volume; readonly outline: Volume | undefined; readonly how: string } {
  if (!(map instanceof SourceEstimates)) {
    const given = sourceSpaces === undefined ? "atS" : "sourceSpaces";
    if (sourceSpaces !== undefined || atS !== undefined)
      throw new InvalidArgument(given, sourceSpaces ?? atS, "it is for estimates of sources");
    return { volume: map, outline, how: seenThrough };
  }
  if (sourceSpaces === undefined)
    throw new InvalidArgument("sourceSpaces", sourceSpaces, "say where the sources are");
  const { times, tstepS } = map;
  const volume = layInVolume(map, sourceSpaces, atS === undefined ? {} : { atS }, 0);
  const timeS = times[frameAt(times, tstepS, atS)];
  const when = times.length > 1 ? ` At ${timeS.toFixed(3)} s.` : "";
  const around = outline === undefined ? " The outline is that of all places of sources." : "";
  const how = `${seenThrough}${when}${around}`;
  return { volume, outline: outline ?? sourceMask(sourceSpaces), how };
}

function glassPainter(prepared: Prepared, how: string): Paint {
  const { shown, background, box, flip } = prepared;
  const scene: Projection = {
    ...prepared,
    body: background?.volume ?? shown.map,
    isInside:
      background === undefined
        ? (value) => value !== 0 && Number.isFinite(value)
        : isTissue(background),
    drawn: new Set(),
  };
  return (room) => {
    const layout = layOutPanels([axes.map((axis) => ({ axis, mm: 0 }))], box, room);
    const shapes: Shapes[] = [blackGround(layout)];
    for (const panel of layout.panels) {
      const { left, top, width, height, cut } = panel;
      const src = projectionImage(scene, cut.axis, 2 * layout.pxPerMm);
      shapes.push({ ...noShapes(), images: [{ left, top, width, height, src }] });
      shapes.push(textShapes(panel, looks[cut.axis]), sideShapes({ panel, box, flip }));
    }
    return { ...layout, shapes, drawn: scene.drawn, how };
  };
}
