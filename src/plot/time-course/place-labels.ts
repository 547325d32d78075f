/** A label to place near a point, in pixels. */
export interface Label {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** Where a label's middle lies. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The box labels must stay in. */
export interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A label that has its place: the middle of its text, and the point of its edge nearest to what it names. */
export interface PlacedLabel extends Point {
  readonly edge: Point;
}

const HEIGHT = 15;
const CROSSING = 25;
const COVERING = 150;

/**
 * Places for labels near their points: never over each other, as seldom as can be over the curves (`obstacles`) or
 * over the lines that lead from labels to points, as near as can be. The highest point is served first; a label that
 * finds no free place stays `undefined`.
 */
export function placeLabels(
  labels: readonly Label[],
  obstacles: readonly Point[],
  area: Area,
): readonly (PlacedLabel | undefined)[] {
  const placed: Placed[] = [];
  const places = labels.map((): PlacedLabel | undefined => undefined);
  const order = labels.map((_, at) => at).sort((a, b) => labels[a].y - labels[b].y);
  for (const at of order) {
    const label = labels[at];
    const free = candidates(label, area).filter((point) =>
      placed.every((other) => !overlap(point, label.width, other)),
    );
    const best = least(
      free,
      (point) => distance(point, label),
      (point) => crossings(point, label, obstacles) + tangle(point, label, placed),
    );
    if (best === undefined) continue;
    const edge = nearestEdge(label, best, label.width);
    placed.push({ ...best, width: label.width, leader: between(label, edge) });
    places[at] = { ...best, edge };
  }
  return places;
}

interface Placed extends Point {
  readonly width: number;
  readonly leader: readonly Point[];
}

/** What it costs that a leader runs under a label, this one's under others or others' under this one. */
function tangle(point: Point, label: Label, placed: readonly Placed[]): number {
  const leader = between(label, nearestEdge(label, point, label.width));
  const mine = { ...point, width: label.width };
  const covers = (box: Point & { width: number }, points: readonly Point[]) =>
    points.some((p) => Math.abs(p.x - box.x) < box.width / 2 && Math.abs(p.y - box.y) < HEIGHT / 2);
  return (
    placed.filter((other) => covers(other, leader) || covers(mine, other.leader)).length * COVERING
  );
}

function nearestEdge({ x, y }: Point, middle: Point, width: number): Point {
  const near = (at: number, centre: number, reach: number) =>
    Math.min(Math.max(at, centre - reach), centre + reach);
  return { x: near(x, middle.x, width / 2 + 2), y: near(y, middle.y, HEIGHT / 2 - 1) };
}

function between(from: Point, to: Point): Point[] {
  const steps = Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / 5);
  return Array.from({ length: steps }, (_, i) => ({
    x: from.x + ((to.x - from.x) * (i + 0.5)) / steps,
    y: from.y + ((to.y - from.y) * (i + 0.5)) / steps,
  }));
}

function candidates({ x, y, width }: Label, area: Area): Point[] {
  const inside = (at: number) =>
    Math.min(Math.max(at, area.left + width / 2), area.right - width / 2);
  const xs = [x, x - width / 2 - 8, x + width / 2 + 8, x - width / 3, x + width / 3];
  for (let at = area.left + width / 2; at <= area.right - width / 2; at += 16) xs.push(at);
  const ys = Array.from({ length: 80 }, (_, i) => y - 13 - i * 4);
  ys.push(y, y + 14, y + 22);
  return ys
    .filter((at) => at - HEIGHT / 2 >= area.top && at + HEIGHT / 2 <= area.bottom)
    .flatMap((at) => xs.map((where) => ({ x: inside(where), y: at })));
}

function overlap(a: Point, width: number, b: Point & { width: number }): boolean {
  return Math.abs(a.x - b.x) < (width + b.width) / 2 + 6 && Math.abs(a.y - b.y) < HEIGHT;
}

function distance(point: Point, { x, y, width }: Label): number {
  // Sideways moves cost less than their length: the label is long, its point still under it.
  const aside = Math.max(0, Math.abs(point.x - x) - width / 2);
  return Math.abs(point.y - y) + aside + Math.abs(point.x - x) / 8;
}

function crossings(point: Point, { width }: Label, obstacles: readonly Point[]): number {
  let within = 0;
  for (const { x, y } of obstacles) {
    if (Math.abs(x - point.x) < width / 2 + 3 && Math.abs(y - point.y) < HEIGHT / 2 + 2) within++;
  }
  return within * CROSSING;
}

/** The value that costs least; what is dear at the first look is not looked at more closely. */
function least<T>(
  values: readonly T[],
  atFirst: (value: T) => number,
  atSecond: (value: T) => number,
): T | undefined {
  let [best, lowest]: [T | undefined, number] = [undefined, Infinity];
  const looked = values.map((value) => ({ value, first: atFirst(value) }));
  for (const { value, first } of looked.sort((a, b) => a.first - b.first)) {
    if (first >= lowest) break;
    const cost = first + atSecond(value);
    if (cost < lowest) [best, lowest] = [value, cost];
  }
  return best;
}
