import { InvalidArgument } from "../../core/errors.ts";
import type { Channel } from "../../meg/channel.ts";
import { flatten, type FlatPlace } from "../../meg/sensors/flatten.ts";
import { placesOf } from "../../meg/sensors/sensor-places.ts";
import { noShapes, type Shapes } from "../draw/shapes.ts";
import type { TextShape } from "../draw/text-shape.ts";
import { textWidth } from "../text/text-width.ts";
import { HEAD_RADIUS_M, outlinesOf } from "./outlines.ts";

/** Where the small picture of each sensor lies, in pixels. */
export interface HeadSpot {
  readonly name: string;
  readonly left: number;
  readonly top: number;
  readonly side: number;
}

/** Pictures of sensors on the head, laid out. */
export interface OnHead {
  /** One a sensor, in the order given. */
  readonly spots: readonly HeadSpot[];
  /** Names over the pictures, where there is room. */
  readonly labels: readonly TextShape[];
  readonly outlines: Shapes;
  readonly sidePx: number;
  readonly right: number;
  readonly bottom: number;
  /** How many places have several sensors. */
  readonly nShared: number;
}

/** Largest and smallest side of a picture. */
const LARGEST = 110;
const SMALLEST = 10;
const NAME = { sizePx: 11 };
const NAME_PX = 13;

/**
 * As large as can be without one picture over another. Throws `InvalidArgument` for sensors that are too near to each
 * other for pictures that can be seen.
 */
export function layOutOnHead(
  sensors: readonly Channel[],
  box: {
    readonly left: number;
    readonly top: number;
    readonly widthPx: number;
    readonly names?: boolean;
  },
): OnHead {
  const places = placesOf(sensors);
  const flat = flatten(places.map(({ position }) => position));
  const { head, nose, ears } = outlinesOf(flat, { radius: HEAD_RADIUS_M, origin: [0, 0] });
  const lines = [head, nose, ...ears];
  const nearest = nearestPair(flat);
  const { perM, cell } = scaleFor(flat, lines.flat(), nearest.apartM, box.widthPx);
  const most = Math.max(...places.map((place) => place.sensors.length));
  const widths = sensors.map(({ name }) => textWidth(name, NAME));
  const room = cell - NAME_PX;
  const fits = room >= 24 && most === 1 && Math.max(...widths) <= cell;
  const hasNames = box.names ?? fits;
  const sidePx = Math.floor(Math.min(hasNames ? room : cell, cell / most));
  if (sidePx < SMALLEST) {
    const [a, b] = nearest.at.map((at) => places[at].sensors[0].name);
    throw new InvalidArgument(
      "widthPx",
      box.widthPx,
      `${a} and ${b} lie so near to each other that their RDMs would be ${Math.max(0, sidePx)} pixels wide; pick fewer sensors, or give more width`,
    );
  }
  const extent = extentOf(flat, lines.flat(), perM, cell);
  const at = ([x, y]: FlatPlace): [number, number] => [
    box.left + x * perM - extent.left,
    box.top - y * perM - extent.top,
  ];
  const found = new Map<string, HeadSpot>();
  const labels: TextShape[] = [];
  places.forEach((place, k) => {
    const [x, y] = at(flat[k]);
    const n = place.sensors.length;
    const top = y - sidePx / 2 + (hasNames ? NAME_PX / 2 : 0);
    place.sensors.forEach(({ name }, i) => {
      const left = x + (i - n / 2) * sidePx;
      found.set(name, { name, left, top, side: sidePx - (n > 1 ? 1 : 0) });
      if (hasNames)
        labels.push({ x: left + sidePx / 2, y: top - 7, text: name, ...NAME, anchor: "middle" });
    });
  });
  const outlines = noShapes();
  for (const line of lines) {
    const points = line.map(at);
    points.slice(1).forEach(([x2, y2], k) => {
      const [x1, y1] = points[k];
      outlines.lines.push({ x1, y1, x2, y2, colour: "#bbb", widthPx: 1.2 });
    });
  }
  return {
    spots: sensors.flatMap(({ name }) => found.get(name) ?? []),
    labels,
    outlines,
    sidePx,
    right: box.left + extent.width,
    bottom: box.top + extent.height,
    nShared: places.filter((place) => place.sensors.length > 1).length,
  };
}

/** The two places nearest to each other, as squares see it: by the larger of both distances. */
function nearestPair(flat: readonly FlatPlace[]): { apartM: number; at: [number, number] } {
  let best: { apartM: number; at: [number, number] } = { apartM: Infinity, at: [0, 0] };
  for (let a = 0; a < flat.length; a++)
    for (let b = a + 1; b < flat.length; b++) {
      const apartM = Math.max(Math.abs(flat[a][0] - flat[b][0]), Math.abs(flat[a][1] - flat[b][1]));
      if (apartM < best.apartM) best = { apartM, at: [a, b] };
    }
  return best;
}

/** Pixels per metre, and the side of the cell that each place has for itself. */
function scaleFor(
  flat: readonly FlatPlace[],
  lines: readonly FlatPlace[],
  apartM: number,
  widthPx: number,
): { perM: number; cell: number } {
  const cellAt = (perM: number): number => Math.min(LARGEST, 0.94 * apartM * perM);
  let [low, high] = [0, widthPx / (2 * HEAD_RADIUS_M)];
  // The width grows with the scale; half the way to where it fits, forty times.
  for (let step = 0; step < 40; step++) {
    const perM = (low + high) / 2;
    if (extentOf(flat, lines, perM, cellAt(perM)).width <= widthPx) low = perM;
    else high = perM;
  }
  return { perM: low, cell: cellAt(low) };
}

function extentOf(
  flat: readonly FlatPlace[],
  lines: readonly FlatPlace[],
  perM: number,
  cell: number,
): { left: number; top: number; width: number; height: number } {
  const reach = (axis: 0 | 1): [number, number] => {
    const sign = axis === 0 ? 1 : -1;
    const cells = flat.map((place) => sign * place[axis] * perM);
    const drawn = lines.map((point) => sign * point[axis] * perM);
    const low = Math.min(...cells.map((value) => value - cell / 2), ...drawn);
    return [low, Math.max(...cells.map((value) => value + cell / 2), ...drawn)];
  };
  const [x, y] = [reach(0), reach(1)];
  return { left: x[0], top: y[0], width: x[1] - x[0], height: y[1] - y[0] };
}
