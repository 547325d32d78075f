import { pauses } from "../../core/job.ts";
import { random } from "../../core/random.ts";
import { reporter } from "../../core/progress.ts";
import { CrossvalSamples } from "./crossval-samples.ts";
import type { BootstrapDraw } from "./eval-parts.ts";
import { foldCeiling, foldScores, type FoldFit } from "./fold.ts";
import { drawnFolds } from "./k-folds.ts";
import type { EvalProblem } from "./problem.ts";
import { splitting, type Splits } from "./splitting.ts";

/** How bootstrap samples are split and fitted. */
export interface SplitHow extends Splits, FoldFit {
  readonly repeats: number;
  readonly seed: number;
}

/** The rows of {@link CrossvalSamples} of the samples from … to: each split several times, models fitted and scored. */
export async function splitSamples(
  problem: EvalProblem,
  drawn: readonly BootstrapDraw[],
  { repeats, seed, by, ridgeWeight, ...splits }: SplitHow,
  [from, to]: readonly [number, number],
): Promise<Float64Array[]> {
  const { models, groups, shape, job } = problem;
  const { nFolds, splitBy } = splitting({ nRdms: groups.count, nItems: shape.nItems }, splits);
  const sizes = { nModels: models.length, nFolds, nRepeats: repeats };
  const lot = random(seed + 0.5);
  const line = reporter(job, "bootstrap samples", to);
  const pause = pauses(job.signal, "the bootstrap");
  const rows: Float64Array[] = [];
  for (let sample = 0; sample < to; sample++) {
    const row = CrossvalSamples.newRow(sizes);
    for (let repeat = 0; repeat < repeats; repeat++) {
      // Splits are one stream of lots: it is gone through from its start, whichever samples are wanted.
      const sets = drawnFolds(drawn[sample], groups, shape.nItems, splitBy(lot));
      if (sample < from) continue;
      if (sets === undefined) row[row.length - 1] = 1;
      for (const [fold, set] of (sets?.folds ?? []).entries()) {
        const { scores } = await foldScores(problem, set, { by, ridgeWeight }, true);
        const { lower, upper } = await foldCeiling(problem, set, sets?.rdms ?? []);
        row.set([...scores, lower, upper], (repeat * nFolds + fold) * (models.length + 2));
      }
      if (pause.due()) await pause.turn();
    }
    if (sample >= from) rows.push(row);
    line.update(sample + 1);
  }
  line.finish();
  return rows;
}
