import type { Json } from "../json.ts";
import { isObject } from "../json.ts";
import type { FigureTable } from "./figure-table.ts";
import { numberOf, shortNumber } from "./figure-table.ts";

/** Reads cuts of a map: the place in mm, and the value of the voxel there when one was drawn. */
export function mapReader(
  reading: Json,
  table: FigureTable,
): (x: number, y: number) => string | undefined {
  const panels = Array.isArray(reading.panels) ? reading.panels.filter(isObject) : [];
  const voxelMm = numbersOf(reading.voxelMm);
  const voxels = voxelsOf(table);
  return (x, y) => {
    const panel = panels.find((one) => isInside(one, x, y));
    if (panel === undefined) return undefined;
    const point = pointAt(panel, x, y);
    const found = voxelAt(voxels, point, voxelMm);
    const place = `(${point.map((mm) => shortNumber(Math.round(10 * mm) / 10)).join(", ")}) mm`;
    return found === undefined ? place : `${place}: ${shortNumber(found.value)}`;
  };
}

interface Voxel {
  readonly centre: readonly number[];
  readonly value: number;
}

function voxelsOf({ names, rows }: FigureTable): Voxel[] {
  const [x, y, z, value] = ["xMm", "yMm", "zMm", "value"].map((name) => names.indexOf(name));
  return rows.map((row) => ({
    centre: [x, y, z].map((at) => numberOf(row[at])),
    value: numberOf(row[value]),
  }));
}

function isInside(panel: Json, x: number, y: number): boolean {
  const [left, top, width, height] = ["left", "top", "width", "height"].map((name) =>
    Number(panel[name]),
  );
  return x >= left && x < left + width && y >= top && y < top + height;
}

function pointAt(panel: Json, x: number, y: number): number[] {
  const point = [0, 0, 0];
  const along = (at: number, [from, to]: readonly number[]): number => from + at * (to - from);
  const right = (x - Number(panel.left)) / Number(panel.width);
  const down = (y - Number(panel.top)) / Number(panel.height);
  point[Number(panel.across)] = Number(panel.atMm);
  point[Number(panel.horizontal)] = along(right, numbersOf(panel.horizontalMm));
  point[Number(panel.vertical)] = along(down, numbersOf(panel.verticalMm));
  return point;
}

/** The voxel whose centre is nearest, no farther than half a voxel along any axis. */
function voxelAt(
  voxels: readonly Voxel[],
  point: readonly number[],
  voxelMm: readonly number[],
): Voxel | undefined {
  let best: Voxel | undefined;
  let least = Infinity;
  for (const voxel of voxels) {
    const away = voxel.centre.map((mm, axis) => Math.abs(mm - point[axis]));
    if (!away.every((mm, axis) => mm <= voxelMm[axis] / 2 + 1e-3)) continue;
    const distance = Math.hypot(...away);
    if (distance < least) [best, least] = [voxel, distance];
  }
  return best;
}

function numbersOf(value: unknown): number[] {
  return Array.isArray(value) ? value.map(Number) : [];
}
