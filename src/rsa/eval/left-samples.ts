import { pauses } from "../../core/job.ts";
import { reporter } from "../../core/progress.ts";
import type { RsaModel } from "../models/rsa-model.ts";
import { timesDrawn } from "./draws.ts";
import type { BootstrapDraw } from "./eval-parts.ts";
import { foldScores, type FoldFit } from "./fold.ts";
import type { EvalFold } from "./k-folds.ts";
import type { EvalProblem } from "./problem.ts";
import { rdmsOfGroups, type RdmGroups } from "./rdm-groups.ts";

/** What a sample found of a model. */
export interface FoundOfModel {
  /** `NaN`: none. */
  readonly score: number;
  /** The parameters fitted to what was drawn. */
  readonly theta: Float64Array | undefined;
}

/** Of each sample a row: models fitted to what it drew and scored on what it left. */
export async function leftSamples(
  problem: EvalProblem,
  drawn: readonly BootstrapDraw[],
  fit: FoldFit,
): Promise<Float64Array[]> {
  const { models, groups, shape, job } = problem;
  const line = reporter(job, "bootstrap samples", drawn.length);
  const pause = pauses(job.signal, "the bootstrap");
  const rows: Float64Array[] = [];
  for (const [sample, draw] of drawn.entries()) {
    const fold = foldOfDraw(draw, groups, shape.nItems);
    const { scores, parameters } = await foldScores(problem, fold, fit, true);
    const lost = fold.test.rdms.length === 0;
    rows.push(
      rowOf(
        models,
        models.map((_, m) =>
          lost ? { score: NaN, theta: undefined } : { score: scores[m], theta: parameters[m] },
        ),
      ),
    );
    line.update(sample + 1);
    if (pause.due()) await pause.turn();
  }
  line.finish();
  return rows;
}

/** Numbers of a row: of each model its score, whether it was fitted, and its parameters. */
export function rowLength(models: readonly RsaModel[]): number {
  return models.reduce((sum, model) => sum + 2 + nParameters(model), 0);
}

function rowOf(models: readonly RsaModel[], found: readonly FoundOfModel[]): Float64Array {
  const row = new Float64Array(rowLength(models));
  let at = 0;
  models.forEach((model, m) => {
    const { score, theta } = found[m];
    row.set([score, theta === undefined ? 0 : 1, ...(theta ?? [])], at);
    at += 2 + nParameters(model);
  });
  return row;
}

/** What a row says of each model. */
export function foundIn(row: Float64Array, models: readonly RsaModel[]): FoundOfModel[] {
  let at = 0;
  return models.map((model) => {
    const n = nParameters(model);
    const theta = row[at + 1] === 1 ? row.slice(at + 2, at + 2 + n) : undefined;
    const found = { score: row[at], theta };
    at += 2 + n;
    return found;
  });
}

function nParameters({ kind, rdms }: RsaModel): number {
  return { fixed: 0, select: 1, weighted: rdms.length, interpolated: rdms.length }[kind];
}

/** How many items and data RDMs each sample leaves to be tested. */
export function testedSizes(drawn: readonly BootstrapDraw[], groups: RdmGroups, nItems: number) {
  const tests = drawn.map((draw) => foldOfDraw(draw, groups, nItems).test);
  return {
    items: Int32Array.from(tests, ({ items }) => items.length),
    rdms: Int32Array.from(tests, ({ rdms }) => rdms.length),
  };
}

/** What was drawn trains, what was not tests; what is not drawn by lot does both. */
function foldOfDraw(draw: BootstrapDraw, groups: RdmGroups, nItems: number): EvalFold {
  const undrawn = (positions: ArrayLike<number> | undefined, n: number, what: string): number[] => {
    const times = timesDrawn(positions, n, what);
    return [...times.keys()].filter((at) => positions === undefined || times[at] === 0);
  };
  const everyOne = (n: number): number[] => Array.from({ length: n }, (_, at) => at);
  return {
    train: {
      rdms: rdmsOfGroups(groups, draw.rdms ?? everyOne(groups.count)),
      items: draw.items ?? everyOne(nItems),
    },
    test: {
      rdms: rdmsOfGroups(groups, undrawn(draw.rdms, groups.count, "rdms")),
      items: undrawn(draw.items, nItems, "items"),
    },
  };
}
