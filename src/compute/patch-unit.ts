import { align } from "./kernels.ts";
import type { Parameters } from "./layouts.ts";

/** Every `stride` voxels are a unit, of which those from `first` on, `length` of them, are in a patch that has it. */
export interface PatchUnit {
  readonly stride: number;
  readonly first: number;
  readonly length: number;
}

/** Bytes that the sums of a unit take in one set. */
export function unitBytes(nItems: number): number {
  const nTiles = Math.ceil(nItems / 4);
  return align(nTiles * 32) + nTiles * (nTiles + 1) * 64;
}

interface UnitVoxels {
  readonly nVoxels: number;
  readonly unit?: PatchUnit;
}

type UnitParams = Pick<Parameters<"patches">, "nUnits" | "unitStride" | "unitFirst" | "unitLength">;

/** A voxel alone is a unit of its own, whose sums nobody needs. */
export function unitParams({ nVoxels, unit }: UnitVoxels): UnitParams {
  const { stride, first, length } = unit ?? { stride: 1, first: 0, length: 1 };
  return {
    nUnits: Math.floor(nVoxels / stride),
    unitStride: stride,
    unitFirst: first,
    unitLength: length,
  };
}
