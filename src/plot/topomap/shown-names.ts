import { textWidth } from "../text/text-width.ts";

/** How the names of sensors are written. */
export const NAME = { sizePx: 11 };

const ABOVE = 8;
const LINE = 11;

interface Box {
  readonly left: number;
  readonly right: number;
  readonly y: number;
}

/** A name above its sensor, if it is written. */
export interface ShownName {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

/**
 * The names that can be written above their sensors without one over another: those of marked sensors first, then in the
 * order given.
 */
export function shownNames(
  names: readonly string[],
  points: readonly (readonly [number, number])[],
  isMarked: (name: string) => boolean,
): ShownName[] {
  const taken: Box[] = [];
  const marked = names.map(isMarked);
  const order = [...names.keys()].sort((a, b) => Number(marked[b]) - Number(marked[a]));
  return order.flatMap((at) => {
    const width = textWidth(names[at], NAME);
    const [x, y] = [points[at][0] - width / 2, points[at][1] - ABOVE];
    const box = { left: x, right: x + width, y };
    if (taken.some((other) => isOver(box, other))) return [];
    taken.push(box);
    return [{ text: names[at], x, y }];
  });
}

function isOver(a: Box, b: Box): boolean {
  return a.left < b.right + 2 && b.left < a.right + 2 && Math.abs(a.y - b.y) < LINE;
}
