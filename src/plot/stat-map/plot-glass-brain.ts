import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import type { Volume } from "../../mri/grid.ts";
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
  /** A brain mask, or an anatomy, whose outline is drawn. Default: the voxels in which the map has a value. */
  readonly outline?: Volume;
}

const looks = { x: "from the right", y: "from behind", z: "from above" } as const;

const plotGlassBrainNames: OptionNames<PlotGlassBrainOptions> = {
  ...mapFigureNames,
  outline: true,
};

/**
 * Draw a map seen through a brain of glass, from the side, from behind and from above: each pixel has the value
 * farthest from 0 along the line of sight. It shows all of a map at once, but not how deep a value lies; use
 * {@link plotStatMap} for that.
 *
 * Throws `ShapeMismatch` for an image of several volumes or a mask on another grid, `InvalidArgument`, `UnknownOption`.
 *
 * @example
 * import { plotGlassBrain } from "tsrsa";
 * const affine = [[3, 0, 0, -3], [0, 3, 0, -3], [0, 0, 3, -3], [0, 0, 0, 1]];
 * const data = new Float32Array(27).fill(0.1);
 * data[22] = 0.5;
 * const figure = plotGlassBrain({ data, shape: [3, 3, 3], affine }, { threshold: 0.2 });
 * figure.data.column("xMm"); // [3]
 */
export function plotGlassBrain(map: Volume, options: PlotGlassBrainOptions = {}): Figure {
  checkOptions(options, plotGlassBrainNames);
  const prepared = prepare(map, options, options.outline);
  return mapFigure(prepared, options, glassPainter(prepared));
}

function glassPainter(prepared: Prepared): Paint {
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
    const how = "Seen through: each pixel has the value farthest from 0 along the line of sight.";
    return { ...layout, shapes, drawn: scene.drawn, how };
  };
}
