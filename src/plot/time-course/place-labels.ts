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

const HEIGHT = 15;
const CROSSING = 25;

/**
 * Places for labels near their points: never over each other, as seldom as can be over the curves (`obstacles`), as
 * near as can be. Labels are placed from the left; a label that finds no free place keeps `undefined`.
 */
export function placeLabels(
  labels: readonly Label[],
  obstacles: readonly Point[],
  area: Area,
): readonly (Point | undefined)[] {
  const placed: (Point & { width: number })[] = [];
  const places = labels.map((): Point | undefined => undefined);
  const order = labels.map((_, at) => at).sort((a, b) => labels[a].x - labels[b].x);
  for (const at of order) {
    const label = labels[at];
    const free = candidates(label, area).filter((point) =>
      placed.every((other) => !overlap(point, label.width, other)),
    );
    const best = least(free, (point) => cost(point, label, obstacles));
    if (best === undefined) continue;
    placed.push({ ...best, width: label.width });
    places[at] = best;
  }
  return places;
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

function cost(point: Point, { x, y, width }: Label, obstacles: readonly Point[]): number {
  const within = obstacles.filter(
    (o) => Math.abs(o.x - point.x) < width / 2 + 3 && Math.abs(o.y - point.y) < HEIGHT / 2 + 2,
  );
  // Sideways moves cost less than their length: the label is long, its point still under it.
  const aside = Math.max(0, Math.abs(point.x - x) - width / 2);
  return within.length * CROSSING + Math.abs(point.y - y) + aside + Math.abs(point.x - x) / 8;
}

function least<T>(values: readonly T[], costOf: (value: T) => number): T | undefined {
  let [best, lowest]: [T | undefined, number] = [undefined, Infinity];
  for (const value of values) {
    const found = costOf(value);
    if (found < lowest) [best, lowest] = [value, found];
  }
  return best;
}
