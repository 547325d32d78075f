import { jupyterDisplay, type Displayable, type MimeBundle } from "../core/display.ts";
import { placeOfPair, Rdm } from "../rdm/rdm.ts";
import { mean } from "../stats/index.ts";
import { Table } from "../table/index.ts";
import type { PairDataset } from "./pair-dataset.ts";
import type { PairModel } from "./pair-model.ts";
import type { PairScores } from "./scores.ts";

/** How training went, one entry an epoch. */
export interface TrainingEpoch {
  readonly epoch: number;
  /** Mean loss of the training pairs, in units of the standardised targets. */
  readonly trainLoss: number;
  /** Loss of the pairs of images that were held out from training; `NaN` where none were. */
  readonly validationLoss: number;
}

/** A model trained on one fold, and its scores on the fold's test pairs. */
export interface PairFoldResult extends PairScores {
  readonly model: PairModel;
  /** Predictions of the test pairs, in the order of the fold. */
  readonly predicted: Float64Array;
  /** Scores on the training pairs themselves. */
  readonly trainScores: PairScores;
  /** Empty for models that are not trained step by step. */
  readonly history: readonly TrainingEpoch[];
}

/**
 * Models of every fold of a {@link PairDataset} with their scores, made by {@link trainPairModel}. Shows itself as a
 * table.
 */
export class PairResult implements Displayable, PairScores {
  readonly dataset: PairDataset;
  readonly folds: readonly PairFoldResult[];
  /** Means over folds. */
  readonly r2: number;
  readonly spearman: number;
  readonly pearson: number;

  constructor(dataset: PairDataset, folds: readonly PairFoldResult[]) {
    this.dataset = dataset;
    this.folds = folds;
    this.r2 = mean(folds.map(({ r2 }) => r2));
    this.spearman = mean(folds.map(({ spearman }) => spearman));
    this.pearson = mean(folds.map(({ pearson }) => pearson));
    Object.freeze(this);
  }

  /** Whether images of test pairs were seen in training. */
  get leaky(): boolean {
    return this.dataset.split === "pairs-leaky";
  }

  /** Predictions as an RDM of all images, `NaN` for pairs that no fold tested. */
  predictedRdm(): Rdm {
    const { rdm, items, folds } = this.dataset;
    const condensed = new Float64Array(rdm.condensed.length).fill(NaN);
    folds.forEach(({ test }, fold) =>
      test.i.forEach((i, at) => {
        condensed[placeOfPair(i, test.j[at], rdm.nItems)] = this.folds[fold].predicted[at];
      }),
    );
    return new Rdm(condensed, { items, metric: rdm.metric, name: "predicted", meta: rdm.meta });
  }

  /** True and predicted dissimilarities of every test pair, with the names of the images. */
  toPairTable(): Table {
    const { items, folds } = this.dataset;
    const each = <T>(of: (fold: number, at: number) => T) =>
      folds.flatMap(({ test }, fold) => Array.from(test.i, (_, at) => of(fold, at)));
    return new Table({
      fold: each((fold) => fold + 1),
      a: each((fold, at) => items[folds[fold].test.i[at]]),
      b: each((fold, at) => items[folds[fold].test.j[at]]),
      true: each((fold, at) => folds[fold].test.target[at]),
      predicted: each((fold, at) => this.folds[fold].predicted[at]),
    });
  }

  /** Scores, one row a fold. */
  toTable(): Table {
    const { folds } = this;
    return new Table({
      model: folds.map(({ model }) => model.kind),
      split: folds.map(() => this.dataset.split),
      fold: folds.map((_, at) => at + 1),
      R2: folds.map(({ r2 }) => r2),
      spearman: folds.map(({ spearman }) => spearman),
      "training R2": folds.map(({ trainScores }) => trainScores.r2),
      "training spearman": folds.map(({ trainScores }) => trainScores.spearman),
    });
  }

  [jupyterDisplay](): MimeBundle {
    return this.toTable()[jupyterDisplay]();
  }
}
