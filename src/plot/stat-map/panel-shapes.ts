import { noShapes, type Shapes } from "../draw/shapes.ts";
import { formatNumber } from "../text/format-number.ts";
import { textWidth } from "../text/text-width.ts";
import type { Cut } from "./cuts.ts";
import type { MapMarker } from "./options.ts";
import type { Panel } from "./panel-layout.ts";
import { views, type Box } from "./views.ts";
import { apply, voxelSizeMm, type Vec3, type PlacedVolume } from "./volume.ts";

const SIZE = 11;
const INK = "#f2f2f2";
const CROSSHAIR = "#7fa8a8";

/** Where things in mm lie in a panel. */
interface Placing {
  readonly panel: Panel;
  readonly box: Box;
  readonly flip: boolean;
}

/** `z = −12 mm` below a panel. */
export function labelShapes({ panel }: Placing, withUnit: boolean): Shapes {
  const { axis, mm } = panel.cut;
  return textShapes(panel, `${axis} = ${formatNumber(mm)}${withUnit ? " mm" : ""}`);
}

/** A text below a panel. */
export function textShapes({ left, width, labelY }: Panel, text: string): Shapes {
  const shapes = noShapes();
  const x = left + width / 2;
  shapes.texts.push({ x, y: labelY, text, sizePx: SIZE, anchor: "middle", colour: INK });
  return shapes;
}

/** L and R where a panel shows both sides of the head. */
export function sideShapes({ panel, flip }: Placing): Shapes {
  const shapes = noShapes();
  const { cut, left, top, width, first, last } = panel;
  if (cut.axis === "x") return shapes;
  const sides = flip ? ["R", "L"] : ["L", "R"];
  const common = { sizePx: SIZE, bold: true, colour: INK, y: top + 7 };
  if (first) shapes.texts.push({ ...common, x: left + 2, text: sides[0] });
  if (last) shapes.texts.push({ ...common, x: left + width - 2, text: sides[1], anchor: "end" });
  return shapes;
}

/** Where the other cuts through a point are. */
export function crosshairShapes(placing: Placing, point: Vec3): Shapes {
  const shapes = noShapes();
  const { left, top, width, height } = placing.panel;
  const [x, y] = placeOf(placing, point);
  const colour = CROSSHAIR;
  if (x > left && x < left + width)
    shapes.lines.push({ x1: x, y1: top, x2: x, y2: top + height, colour });
  if (y > top && y < top + height)
    shapes.lines.push({ x1: left, y1: y, x2: left + width, y2: y, colour });
  return shapes;
}

/** A marker's point in mm. */
export function markerPoint(map: PlacedVolume, { voxel, mm }: MapMarker): Vec3 {
  return voxel === undefined ? (mm ?? [0, 0, 0]) : apply(map.toMm, voxel);
}

/** True when a cut goes through the voxel around a point. */
export function isCut(map: PlacedVolume, { axis, mm }: Cut, point: Vec3): boolean {
  const { across } = views[axis];
  return Math.abs(point[across] - mm) <= voxelSizeMm(map)[across] / 2 + 1e-6;
}

/** A box around the voxel at a point, with its label. */
export function markerShapes(placing: Placing, map: PlacedVolume, marker: MapMarker): Shapes {
  const shapes = noShapes();
  const { panel, box } = placing;
  const { right, up } = views[panel.cut.axis];
  const scale = panel.width / (box.high[right] - box.low[right]);
  const size = voxelSizeMm(map);
  const [width, height] = [size[right], size[up]].map(
    (mm) => marker.sizePx ?? Math.max(7, mm * scale + 1),
  );
  const [x, y] = placeOf(placing, markerPoint(map, marker));
  const colour = marker.colour ?? "#00e676";
  for (const grow of [0, 1])
    shapes.boxes.push({
      left: x - width / 2 - grow,
      top: y - height / 2 - grow,
      width: width + 2 * grow,
      height: height + 2 * grow,
      stroke: colour,
    });
  if (marker.label === undefined) return shapes;
  const beside = x + width / 2 + 4;
  const fits = beside + textWidth(marker.label, { sizePx: SIZE }) <= panel.left + panel.width;
  shapes.texts.push({
    x: fits ? beside : x - width / 2 - 4,
    y,
    text: marker.label,
    sizePx: SIZE,
    colour,
    bold: true,
    anchor: fits ? "start" : "end",
  });
  return shapes;
}

function placeOf({ panel, box, flip }: Placing, point: Vec3): [x: number, y: number] {
  const { right, up } = views[panel.cut.axis];
  const share = (point[right] - box.low[right]) / (box.high[right] - box.low[right]);
  const across = flip && right === 0 ? 1 - share : share;
  const down = (box.high[up] - point[up]) / (box.high[up] - box.low[up]);
  return [panel.left + across * panel.width, panel.top + down * panel.height];
}
