import { jupyterDisplay, type Displayable, type MimeBundle } from "../../core/display.ts";
import type { JobOptions } from "../../core/job.ts";
import type { Table } from "../../table/table.ts";
import type { VoxelSeries } from "../functional-data.ts";
import { placement, type Placement } from "../score-map.ts";
import type { RunResiduals } from "./run-residuals.ts";

export const patternKinds = ["beta", "t"] as const;

/** What patterns are made of: coefficients, or their t. */
export type PatternKind = (typeof patternKinds)[number];

/** What patterns are made of. */
export interface PatternsParts {
  /** Of each row its values, one a voxel. */
  readonly values: readonly Float64Array[];
  /** One row a pattern, with `item` and `run`. */
  readonly table: Table;
  readonly voxels: Int32Array;
  readonly header: Placement;
  readonly notes: readonly string[];
  readonly residuals: (job: JobOptions) => Promise<RunResiduals[]>;
}

/**
 * Patterns of conditions or trials in the voxels of a mask: `rdmNifti` and `rsaNifti` take them as they take an image,
 * a pattern a volume, with `labels: patterns.items` and `folds: patterns.runs`. Shows itself as its table.
 */
export class Patterns implements VoxelSeries, Displayable {
  /** nVoxels × nPatterns in C order. */
  readonly data: Float64Array;
  /** How many patterns there are: what for an image are volumes. */
  readonly nVolumes: number;
  /** Numbers of the voxels in C order of the grid, ascending. */
  readonly voxels: Int32Array;
  readonly header: VoxelSeries["header"];
  /** What each pattern is of. */
  readonly table: Table;
  /** What was left out, and what to beware of, in words. */
  readonly notes: readonly string[];
  readonly #residuals: PatternsParts["residuals"];

  constructor({ values, table, voxels, header, notes, residuals }: PatternsParts) {
    const [n, nVoxels] = [values.length, voxels.length];
    this.data = new Float64Array(n * nVoxels);
    values.forEach((row, at) => {
      for (let v = 0; v < nVoxels; v++) this.data[v * n + at] = row[v];
    });
    this.nVolumes = n;
    this.voxels = voxels;
    this.header = header;
    this.table = table;
    this.notes = notes;
    this.#residuals = residuals;
    Object.freeze(this);
  }

  /** The item of each pattern. */
  get items(): readonly string[] {
    return this.table.column("item").map(String);
  }

  /** The run of each pattern. */
  get runs(): readonly string[] {
    return this.table.column("run").map(String);
  }

  /** One pattern: a value a voxel. */
  pattern(at: number): Float64Array {
    return Float64Array.from(
      { length: this.voxels.length },
      (_, v) => this.data[v * this.nVolumes + at],
    );
  }

  /** What the model of the patterns leaves of each run: for `noise`. Reads the runs again. Throws `Cancelled`. */
  residuals(job: JobOptions = {}): Promise<RunResiduals[]> {
    return this.#residuals(job);
  }

  /** All patterns as an image of nPatterns volumes, 0 outside of the mask; `writeNifti` writes it. */
  image() {
    const [nx, ny = 1, nz = 1] = this.header.shape;
    const data = new Float32Array(nx * ny * nz * this.nVolumes);
    this.voxels.forEach((voxel, v) => {
      for (let at = 0; at < this.nVolumes; at++)
        data[voxel * this.nVolumes + at] = this.data[v * this.nVolumes + at];
    });
    const { zooms, ...where } = placement(this.header);
    return {
      data,
      shape: [nx, ny, nz, this.nVolumes],
      ...where,
      ...(zooms !== undefined && { zooms: [...zooms, 1] }),
    };
  }

  [jupyterDisplay](): MimeBundle | Promise<MimeBundle> {
    return this.table[jupyterDisplay]();
  }
}
