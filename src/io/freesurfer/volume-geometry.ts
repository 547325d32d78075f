import { latin1Text } from "../../core/latin1.ts";
import type { ByteCursor } from "../binary/byte-cursor.ts";

/** A point or a direction: right, anterior, superior. */
export type Ras = readonly [number, number, number];

/** The volume that a surface was made from. */
export interface VolumeGeometry {
  readonly valid: boolean;
  readonly filename: string;
  /** Voxels along the three axes. */
  readonly shape: Ras;
  readonly voxelSizeMm: Ras;
  /** Directions of the three axes. */
  readonly xras: Ras;
  readonly yras: Ras;
  readonly zras: Ras;
  /** Scanner coordinates of the surface's origin, in mm: add them to the points to come to scanner coordinates. */
  readonly cras: Ras;
}

const mostFooterBytes = 4096;
const names = ["volume", "voxelsize", "xras", "yras", "zras", "cras"] as const;

/** The footer of a geometry file, behind its head (20, or 2 0 20); undefined when there is none. */
export function readVolumeGeometry(cursor: ByteCursor): VolumeGeometry | undefined {
  if (!skipHead(cursor)) return undefined;
  const text = latin1Text(cursor.bytes.subarray(cursor.at, cursor.at + mostFooterBytes));
  const lines = new Map(text.split("\n").map(entryOf));
  const vectors = names.map((name) => vectorOf(lines.get(name)));
  if (vectors.some((vector) => vector === undefined))
    throw cursor.fault("footer", `three numbers for each of ${names.join(", ")}`, "others");
  const [shape, voxelSizeMm, xras, yras, zras, cras] = vectors as Ras[];
  const valid = /^1\b/.test(lines.get("valid") ?? "");
  return {
    valid,
    filename: lines.get("filename") ?? "",
    shape,
    voxelSizeMm,
    xras,
    yras,
    zras,
    cras,
  };
}

function skipHead(cursor: ByteCursor): boolean {
  const { at } = cursor;
  const next = () => (cursor.left >= 4 ? cursor.int32("footer") : undefined);
  const first = next();
  if (first === 20 || (first === 2 && next() === 0 && next() === 20)) return true;
  cursor.at = at;
  return false;
}

function entryOf(line: string): [string, string] {
  const at = line.indexOf("=");
  return at < 0 ? ["", ""] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
}

function vectorOf(text: string | undefined): Ras | undefined {
  const values = (text ?? "").split(/\s+/).map(Number);
  const [x, y, z] = values;
  return values.length === 3 && values.every(Number.isFinite) ? [x, y, z] : undefined;
}
