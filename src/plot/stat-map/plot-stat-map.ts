import { object, listOf, oneOf } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { InvalidArgument, UnknownOption } from "../../core/errors.ts";
import { noShapes, type Shapes } from "../draw/shapes.ts";
import type { Figure } from "../figure.ts";
import { formatNumber } from "../text/format-number.ts";
import { blackGround } from "./ground.ts";
import { cutRows, isPoint, type Cuts } from "./cuts.ts";
import { mapFigure, type Paint } from "./map-figure.ts";
import { type MapMarker, type PlotStatMapOptions, mapFigureNames } from "./options.ts";
import { layOutPanels, type Panel } from "./panel-layout.ts";
import {
  crosshairShapes,
  isCut,
  labelShapes,
  markerPoint,
  markerShapes,
  sideShapes,
} from "./panel-shapes.ts";
import { prepare, type Prepared } from "./prepare.ts";
import { peakPoint } from "./shown.ts";
import { sliceImage, type Scene } from "./slice-image.ts";
import type { MapReading } from "../reading.ts";
import { views } from "./views.ts";
import { voxelSizeMm } from "./volume.ts";
import type { Volume } from "../../mri/grid.ts";

const plotStatMapNames: OptionNames<PlotStatMapOptions> = {
  ...mapFigureNames,
  background: true,
  cuts: object,
  crosshair: true,
  markers: listOf(object),
  interpolation: oneOf(["nearest", "linear"]),
};

/**
 * Draw a map of the brain on a background: three cuts through a point (by default the value farthest from 0), or rows
 * of cuts across axes, up to a mosaic. Everything is placed in mm by the affines, so map and background may lie on
 * different grids, oblique ones too. Zeros, undefined values and those below the threshold are not drawn; the caption
 * counts them. Left and right are written into the picture.
 *
 * Throws `ShapeMismatch` for an image of several volumes or a mask on another grid, `InvalidArgument` for cuts, ranges
 * or markers that are none, `UnknownOption`.
 *
 * @example
 * import { plotStatMap } from "tsrsa";
 * const affine = [[3, 0, 0, -3], [0, 3, 0, -3], [0, 0, 3, -3], [0, 0, 0, 1]];
 * const data = new Float32Array(27).fill(0.1);
 * data[22] = 0.5;
 * data[4] = 0.3;
 * const figure = plotStatMap({ data, shape: [3, 3, 3], affine }, { threshold: 0.2, label: "Spearman's ρ" });
 * figure.altText; // "Brain map of Spearman's ρ: 2 voxels drawn, values from 0.3 to 0.5. Farthest from 0: 0.5 at (3, 0, 0) mm."
 * figure.toCsv().split("\n")[2]; // "2,1,1,3,0,0,0.5"
 */
export function plotStatMap(map: Volume, options: PlotStatMapOptions = {}): Figure {
  checkOptions(options, plotStatMapNames);
  const prepared = prepare(map, options, options.background);
  checkMarkers(options.markers ?? []);
  return mapFigure(prepared, options, cutPainter(prepared, options));
}

/** Paints the cuts of a map. */
export function cutPainter(prepared: Prepared, options: PlotStatMapOptions): Paint {
  const { shown, summary, box, mapBox, flip } = prepared;
  const peak = peakPoint(shown.map, summary, box);
  const cuts: Cuts = options.cuts ?? peak;
  const rows = cutRows(cuts, mapBox);
  const scene: Scene = { ...prepared, interpolation: interpolationOf(options), drawn: new Set() };
  const point = isPoint(cuts) && (options.crosshair ?? true) ? cuts : undefined;
  return (room) => {
    const layout = layOutPanels(rows, box, room);
    const shapes = [blackGround(layout)];
    for (const panel of layout.panels) {
      const placing = { panel, box, flip };
      const { left, top, width, height, cut } = panel;
      const src = sliceImage(scene, cut, 2 * layout.pxPerMm);
      shapes.push({ ...noShapes(), images: [{ left, top, width, height, src }] });
      if (point !== undefined) shapes.push(crosshairShapes(placing, point));
      shapes.push(...marks(panel, prepared, options.markers ?? []));
      shapes.push(labelShapes(placing, layout.withUnit), sideShapes(placing));
    }
    return {
      ...layout,
      shapes,
      drawn: scene.drawn,
      reading: readingOf(layout.panels, prepared),
      how: howOf(cuts, options, {
        n: rows.flat().length,
        hasPeak: summary.peak >= 0 && !summary.isFlat,
      }),
    };
  };
}

function readingOf(panels: readonly Panel[], { shown, box, flip }: Prepared): MapReading {
  return {
    kind: "map",
    voxelMm: voxelSizeMm(shown.map),
    panels: panels.map(({ cut, left, top, width, height }) => {
      const { across, right, up } = views[cut.axis];
      const [low, high] = [box.low[right], box.high[right]];
      return {
        ...{ left, top, width, height, across, atMm: cut.mm, horizontal: right, vertical: up },
        horizontalMm: flip && right === 0 ? [high, low] : [low, high],
        verticalMm: [box.high[up], box.low[up]],
      };
    }),
  };
}

function marks(
  panel: Panel,
  { shown, box, flip }: Prepared,
  markers: readonly MapMarker[],
): Shapes[] {
  const { map } = shown;
  return markers
    .filter((marker) => isCut(map, panel.cut, markerPoint(map, marker)))
    .map((marker) => markerShapes({ panel, box, flip }, map, marker));
}

function interpolationOf({ interpolation = "nearest" }: PlotStatMapOptions): "nearest" | "linear" {
  if (interpolation === "nearest" || interpolation === "linear") return interpolation;
  throw new UnknownOption("interpolation", interpolation, ["nearest", "linear"]);
}

function checkMarkers(markers: readonly MapMarker[]): void {
  for (const { voxel, mm } of markers) {
    const point = voxel ?? mm;
    if (point?.length === 3 && point.every(Number.isFinite)) continue;
    throw new InvalidArgument(
      "markers",
      JSON.stringify({ voxel, mm }),
      "give voxel: [i, j, k] or mm: [x, y, z] for each",
    );
  }
}

function howOf(
  cuts: Cuts,
  { cuts: wanted, interpolation }: PlotStatMapOptions,
  { n, hasPeak }: { n: number; hasPeak: boolean },
): string {
  const smooth = interpolation === "linear" ? " Between voxels it is interpolated." : "";
  if (!isPoint(cuts)) return `${n} ${n === 1 ? "cut" : "cuts"}, in mm as written.${smooth}`;
  const at = cuts.map((mm) => formatNumber(mm)).join(", ");
  const point = wanted === undefined && hasPeak ? "that voxel" : `(${at}) mm`;
  return `Cuts through ${point}.${smooth}`;
}
