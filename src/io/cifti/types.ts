import type { Matrix } from "../../core/matrix.ts";
import type { GiftiLabel } from "../gifti/types.ts";

/** The vertices of one hemisphere, or the voxels of one structure, that an axis runs over. */
export interface CiftiModel {
  /** For example `CORTEX_LEFT`, `THALAMUS_LEFT`: without `CIFTI_STRUCTURE_`. */
  readonly structure: string;
  /** Place of its first element along the axis. */
  readonly start: number;
  readonly count: number;
  /** Numbers of vertices of the full mesh, without those of the medial wall; undefined for voxels. */
  readonly vertices: Int32Array | undefined;
  /** Vertices of the full mesh; undefined for voxels. */
  readonly nSurfaceVertices: number | undefined;
  /** Voxels × 3, indices into the volume; undefined for a surface. */
  readonly voxels: Matrix<Int32Array> | undefined;
}

/** The grid of the voxels of an axis. */
export interface CiftiVolume {
  readonly shape: readonly [number, number, number];
  /** 4 × 4, row by row: from voxel indices to mm. */
  readonly affine: readonly (readonly number[])[];
}

/** A parcel: vertices of surfaces and voxels that share one value. */
export interface CiftiParcel {
  readonly name: string;
  /** By structure, without `CIFTI_STRUCTURE_`. */
  readonly vertices: ReadonlyMap<string, Int32Array>;
  readonly voxels: Matrix<Int32Array>;
}

/** What one axis of a CIFTI file runs over. */
export type CiftiAxis =
  | { readonly kind: "scalars"; readonly names: readonly string[] }
  | {
      readonly kind: "labels";
      readonly names: readonly string[];
      readonly tables: readonly (readonly GiftiLabel[])[];
    }
  | {
      readonly kind: "series";
      readonly count: number;
      readonly start: number;
      readonly step: number;
      readonly unit: "second" | "hertz" | "meter" | "radian";
    }
  | {
      readonly kind: "brain";
      readonly models: readonly CiftiModel[];
      readonly volume: CiftiVolume | undefined;
    }
  | {
      readonly kind: "parcels";
      readonly parcels: readonly CiftiParcel[];
      readonly volume: CiftiVolume | undefined;
    };

/** What a CIFTI-2 file holds. */
export interface CiftiFile {
  /** First axis × second axis, in C order: maps or time × vertices and voxels. */
  readonly values: Matrix<Float64Array>;
  readonly axes: readonly [CiftiAxis, CiftiAxis];
  /** The intent of the header: 3002 series, 3006 scalars, 3007 labels, … */
  readonly intentCode: number;
}
