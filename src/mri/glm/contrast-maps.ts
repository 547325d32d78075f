import { oneOf } from "../../core/gate/kinds.ts";
import { jupyterDisplay, type Displayable, type MimeBundle } from "../../core/display.ts";
import type { ContrastResult } from "../../stats/regression/contrast-result.ts";
import { distributionOf } from "../distribution.ts";
import { scoreMap, type Placement, type ScoreMap } from "../score-map.ts";

const mapKinds = ["effect", "variance", "stat", "p", "pTwoSided", "z"] as const;

/** What of a contrast is in a map. */
export type ContrastMapKind = (typeof mapKinds)[number];

/** A contrast of all runs in space; numbers in float64 in `result`, maps in float32. */
export class ContrastMaps implements Displayable {
  readonly name: string;
  readonly result: ContrastResult;
  /** Numbers of the voxels fitted in C order of the grid, ascending. */
  readonly voxels: Int32Array;
  readonly #header: Placement;

  constructor(name: string, result: ContrastResult, voxels: Int32Array, header: Placement) {
    this.name = name;
    this.result = result;
    this.voxels = voxels;
    this.#header = header;
    Object.freeze(this);
  }

  /**
   * One value a voxel on the grid of the runs, 0 outside of the mask; `writeNifti` writes it. Default: the statistic.
   * Of an F the effect is that of the first row. Throws `UnknownOption`.
   */
  map(kind: ContrastMapKind = "stat"): ScoreMap {
    oneOf(mapKinds)(kind, "kind");
    const values = this.result[kind].subarray(0, this.voxels.length);
    const what = kind === "stat" ? `${this.result.kind} of ${this.result.dof}` : kind;
    return scoreMap(this.#header, this.voxels, values, this.name, `${what}: ${this.name}`);
  }

  [jupyterDisplay](): MimeBundle | Promise<MimeBundle> {
    const values = [this.result.effect.subarray(0, this.voxels.length), this.result.stat];
    return distributionOf(
      [`${this.name}, effect`, `${this.name}, ${this.result.kind}`],
      (m) => values[m],
    )[jupyterDisplay]();
  }
}
