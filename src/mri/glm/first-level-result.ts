import { flag, oneOf } from "../../core/gate/kinds.ts";
import { jupyterDisplay, type Displayable, type MimeBundle } from "../../core/display.ts";
import { InvalidArgument } from "../../core/errors.ts";
import { checkOptions, jobNames, type OptionNames } from "../../core/gate/options.ts";
import type { JobOptions } from "../../core/job.ts";
import type { Matrix } from "../../core/matrix.ts";
import type { ContrastWeights } from "../../stats/regression/contrast-of.ts";
import { fixedEffects } from "../../stats/regression/fixed-effects.ts";
import { Table } from "../../table/table.ts";
import type { Grid } from "../grid.ts";
import { ContrastMaps } from "./contrast-maps.ts";
import type { Design } from "./design.ts";
import type { RunSpace } from "./opened-run.ts";
import { Patterns, type PatternKind, patternKinds } from "./patterns.ts";
import { contrastOfRun, type RunFit } from "./run-fit.ts";
import type { GlmRun } from "./run-input.ts";
import { residualsOfRun, type RunResiduals } from "./run-residuals.ts";

/** How residuals are read. */
export interface ResidualOptions extends JobOptions {
  /** Residuals of whitened volumes, where noise is `ar1`. Default true: they are what a noise covariance is made of. */
  readonly whitened?: boolean;
}

const residualNames: OptionNames<ResidualOptions> = { ...jobNames, whitened: flag };

/** Runs with a linear model fitted to each voxel. Shows itself as a table of its runs. */
export class FirstLevel implements Displayable {
  /** What each run is called. */
  readonly runs: readonly string[];
  /** The design of each run, all volumes. */
  readonly designs: readonly Design[];
  /** Coefficients of each run: nColumns × nVoxels. */
  readonly betas: readonly Matrix<Float64Array>[];
  /** Variance of each run's noise, and its autocorrelation, in each voxel. */
  readonly variances: readonly Float64Array[];
  readonly rhos: readonly Float64Array[];
  /** Volumes less columns of each run. */
  readonly dofs: readonly number[];
  /** Numbers of the voxels in C order of the grid, ascending. */
  readonly voxels: Int32Array;
  readonly grid: Grid;
  readonly #inputs: readonly GlmRun[];
  readonly #fits: readonly RunFit[];
  readonly #space: RunSpace;

  constructor(inputs: readonly GlmRun[], fits: readonly RunFit[], space: RunSpace) {
    this.runs = fits.map(({ name }) => name);
    this.designs = fits.map(({ design }) => design);
    this.betas = fits.map(({ solution, design }) => ({
      data: solution.betas,
      shape: [design.names.length, space.voxels.length],
    }));
    this.variances = fits.map(({ solution }) => solution.variance);
    this.rhos = fits.map(({ solution }) => solution.rho);
    this.dofs = fits.map(({ dof }) => dof);
    this.voxels = space.voxels;
    this.grid = space.grid;
    this.#inputs = inputs;
    this.#fits = fits;
    this.#space = space;
    Object.freeze(this);
  }

  /** The design of the first run. */
  get design(): Design {
    return this.designs[0];
  }

  /**
   * A t or an F of weighted columns over all runs, as `{ face: 1, house: -1 }`, each run counting alike. Throws
   * `InvalidArgument` for a column that a run lacks.
   */
  contrast(weights: ContrastWeights, name = nameOf(weights)): ContrastMaps {
    const runs = this.#fits.map((fit) => contrastOfRun(fit, weights));
    return new ContrastMaps(name, fixedEffects(runs), this.voxels, this.#space.header);
  }

  /**
   * The conditions of every run as patterns for `rdmNifti` and `rsaNifti`: run after run, a row a condition with its
   * label in `items` and its run in `runs`. Of conditions with several columns the first counts.
   *
   * @param kind - coefficients (default) or their t.
   */
  patterns(kind: PatternKind = "beta"): Patterns {
    oneOf(patternKinds)(kind, "kind");
    const rows = this.#fits.flatMap((fit) =>
      fit.design.record.items.map((item, at) => ({
        fit,
        item,
        column: fit.design.record.columns[at],
      })),
    );
    const values = rows.map(({ fit, column }) => {
      const result = contrastOfRun(fit, { [column]: 1 });
      return kind === "beta" ? result.effect : result.stat;
    });
    return new Patterns({
      values,
      table: new Table({
        item: rows.map(({ item }) => item),
        run: rows.map(({ fit }) => fit.name),
      }),
      voxels: this.voxels,
      header: this.#space.header,
      notes: this.designs.flatMap(({ record }) => record.notes),
      residuals: (job) => this.residuals(job),
    });
  }

  /** What the model leaves of each run, read again from its image: for `noise` of crossnobis. Throws `Cancelled`. */
  async residuals(options: ResidualOptions = {}): Promise<RunResiduals[]> {
    checkOptions(options, residualNames);
    const { whitened = true, ...job } = options;
    const all: RunResiduals[] = [];
    for (const [at, fit] of this.#fits.entries())
      all.push(await residualsOfRun(this.#inputs[at], fit, this.#space, whitened, job));
    return all;
  }

  [jupyterDisplay](): MimeBundle | Promise<MimeBundle> {
    return new Table({
      run: this.runs,
      volumes: this.#fits.map(({ kept }) => kept.length),
      columns: this.designs.map(({ names }) => names.length),
      dof: this.dofs,
      conditions: this.designs.map(({ record }) => record.items.join(", ")),
    })[jupyterDisplay]();
  }
}

function nameOf(weights: ContrastWeights): string {
  if (Array.isArray(weights) || ArrayBuffer.isView(weights)) return "contrast";
  const parts = Object.entries(weights).map(([name, weight]) => {
    const sign = Number(weight) < 0 ? "− " : "+ ";
    const size = Math.abs(Number(weight));
    return `${sign}${size === 1 ? "" : `${size} `}${name}`;
  });
  if (parts.length === 0) throw new InvalidArgument("contrast", weights, "weigh a column");
  return parts.join(" ").replace(/^\+ /, "");
}
