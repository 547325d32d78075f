import { InvalidArgument, UnknownItem } from "../../core/errors.ts";
import type { Rdm } from "../../rdm/rdm.ts";
import { noShapes, type Shapes } from "../draw/shapes.ts";

/** Cells to draw a line around: pairs of items, or what says of two labels whether their cell is one. */
export type Outline =
  readonly (readonly [string, string])[] | ((item1: string, item2: string) => boolean);

/** Throws `InvalidArgument` for what names no pairs. */
export function checkOutline(value: unknown, argument: string): void {
  if (typeof value === "function") return;
  const isPair = (pair: unknown) =>
    Array.isArray(pair) && pair.length === 2 && pair.every((item) => typeof item === "string");
  if (!Array.isArray(value) || !value.every(isPair))
    throw new InvalidArgument(argument, value, "give pairs of labels, or a function of two labels");
}

/** Which cells of an RDM lie within the line, n × n. Throws `InvalidArgument` without labels, `UnknownItem`. */
export function outlinedCells(rdm: Rdm, outline: Outline): Uint8Array {
  const { items, nItems: n } = rdm;
  if (items === undefined)
    throw new InvalidArgument("outline", "cells by label", "this RDM has no labels; give it some");
  const cells = new Uint8Array(n * n);
  if (typeof outline === "function") {
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) if (outline(items[i], items[j])) cells[i * n + j] = 1;
    return cells.map((cell, k) => cell | cells[(k % n) * n + Math.floor(k / n)]);
  }
  const at = new Map(items.map((item, i) => [item, i]));
  for (const pair of outline) {
    const [i, j] = pair.map((item) => {
      const place = at.get(item);
      if (place === undefined) throw new UnknownItem(item, items);
      return place;
    });
    cells[i * n + j] = 1;
    cells[j * n + i] = 1;
  }
  return cells;
}

/** Lines between cells that are within and cells that are not, each as long as can be. */
export function outlineShapes(
  cells: Uint8Array,
  n: number,
  { left, top, sizePx }: { left: number; top: number; sizePx: number },
): Shapes {
  const shapes = noShapes();
  const cell = sizePx / n;
  const inside = (i: number, j: number) =>
    i >= 0 && j >= 0 && i < n && j < n && cells[i * n + j] === 1;
  for (let edge = 0; edge <= n; edge++) {
    for (const [from, to] of runs(n, (k) => inside(edge - 1, k) !== inside(edge, k))) {
      const y = top + edge * cell;
      addLine(shapes, left + from * cell, y, left + to * cell, y);
    }
    for (const [from, to] of runs(n, (k) => inside(k, edge - 1) !== inside(k, edge))) {
      const x = left + edge * cell;
      addLine(shapes, x, top + from * cell, x, top + to * cell);
    }
  }
  return shapes;
}

/** A dark line on a light one is seen on every colour. */
function addLine(shapes: Shapes, x1: number, y1: number, x2: number, y2: number): void {
  shapes.lines.push({ x1, y1, x2, y2, colour: "#fff", widthPx: 3.2 });
  shapes.lines.push({ x1, y1, x2, y2, colour: "#000", widthPx: 1.6 });
}

function runs(n: number, holds: (k: number) => boolean): [number, number][] {
  const found: [number, number][] = [];
  for (let k = 0; k < n; k++) {
    if (!holds(k)) continue;
    const last = found.at(-1);
    if (last?.[1] === k) last[1] = k + 1;
    else found.push([k, k + 1]);
  }
  return found;
}
