import { InvalidArgument } from "../../core/errors.ts";
import { whole } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { random, type Random } from "../../core/random.ts";
import { noteDraw } from "../../core/run-record.ts";
import type { EvalFold, Split } from "./k-folds.ts";

/** Of how many, how many are tested. */
export interface RandomFoldsOptions {
  /** Data RDMs, or groups of them, that there are. */
  readonly nRdms: number;
  /** Items that there are. */
  readonly nItems: number;
  /** Data RDMs to test in each set; 0 (default): all train and all test. */
  readonly testRdms?: number;
  /** Items to test in each set, 3 or more; 0 (default): all train and all test. */
  readonly testItems?: number;
  /** Number of sets. Default 2. */
  readonly sets?: number;
  /** Default 0. */
  readonly seed?: number;
}

const randomFoldsNames: OptionNames<RandomFoldsOptions> = {
  nRdms: whole(1),
  nItems: whole(1),
  testRdms: whole(0),
  testItems: whole(0),
  sets: whole(1, 1e6),
  seed: true,
};

/**
 * Sets of which each tests items and data RDMs drawn by lot and trains with the others: the `folds` of `evalCrossval`.
 * What is tested in one set may be tested again in another, unlike with parts. Follows `sets_random` of rsatoolbox.
 *
 * @throws InvalidArgument when fewer than 3 items or no RDM would be left to train with.
 * @example
 * import { randomFolds } from "tsrsa";
 * const [first] = randomFolds({ nRdms: 5, nItems: 12, testItems: 4, seed: 1 });
 * first.test.items.length; // 4
 * first.train.rdms.length; // 5
 */
export function randomFolds(options: RandomFoldsOptions): EvalFold[] {
  checkOptions(options, randomFoldsNames);
  const { nRdms, nItems, sets = 2, seed = 0 } = options;
  whole(1)(nRdms, "nRdms");
  whole(1)(nItems, "nItems");
  checkRandomFolds(options);
  noteDraw("randomFolds", { ...options, sets, seed });
  const lot = random(seed);
  return Array.from({ length: sets }, () => randomFold(lot, options));
}

/** One random set of so many different RDMs and items; undefined when they are too few. */
export function oneRandomFold(
  lot: Random,
  { testRdms, testItems }: { readonly testRdms: number; readonly testItems: number },
): Split {
  return (nRdms, nItems) =>
    nRdms <= testRdms || nItems < 3 + testItems
      ? undefined
      : [randomFold(lot, { nRdms, nItems, testRdms, testItems })];
}

/** Throws `InvalidArgument` when fewer than 3 items or no RDM would be left to train with. */
export function checkRandomFolds({
  nRdms,
  nItems,
  testRdms = 0,
  testItems = 0,
}: RandomFoldsOptions): void {
  checkTested("testRdms", testRdms, nRdms, 1);
  checkTested("testItems", testItems, nItems, 3);
}

/** One set. What of items and RDMs is not tested by lot is tested whole. */
export function randomFold(
  lot: Random,
  { nRdms, nItems, testRdms = 0, testItems = 0 }: RandomFoldsOptions,
): EvalFold {
  const [rdms, items] = [halves(lot, nRdms, testRdms), halves(lot, nItems, testItems)];
  return {
    train: { rdms: rdms.train, items: items.train },
    test: { rdms: rdms.test, items: items.test },
  };
}

function checkTested(argument: string, tested: number, n: number, least: number): void {
  if (tested === 0 || (tested >= least && n - tested >= least)) return;
  throw new InvalidArgument(
    argument,
    tested,
    n < 2 * least
      ? `of ${n} none can be left out; give 0, which does not split`
      : `give 0, which does not split, or ${least} to ${n - least}`,
  );
}

function halves(lot: Random, n: number, tested: number) {
  const all = Array.from({ length: n }, (_, at) => at);
  if (tested === 0) return { train: all, test: all };
  const order = Array.from(lot.permutation(n));
  const ascending = (some: readonly number[]): number[] => [...some].sort((a, b) => a - b);
  return { test: ascending(order.slice(0, tested)), train: ascending(order.slice(tested)) };
}
