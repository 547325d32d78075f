import { InvalidArgument } from "../../core/errors.ts";
import type { Random } from "../../core/random.ts";
import type { SplitNeed } from "./check-split.ts";
import { checkFolds, defaultCounts, partsOf, type Split } from "./k-folds.ts";
import { checkRandomFolds, oneRandomFold } from "./random-folds.ts";

/** How each sample is split. */
export interface Splitting {
  readonly nFolds: number;
  readonly splitBy: (lot: Random) => Split;
  readonly needs: readonly SplitNeed[];
}

/** Into how many parts samples are split, or how many are drawn to be tested; see `EvalBootstrapCrossvalOptions`. */
export interface Splits {
  readonly kItems?: number;
  readonly kRdms?: number;
  readonly testItems?: number;
  readonly testRdms?: number;
}

/** How each sample is split: into parts, or by a random set. Throws `InvalidArgument`. */
export function splitting(
  { nRdms, nItems }: { readonly nRdms: number; readonly nItems: number },
  { kItems, kRdms, testItems, testRdms }: Splits,
): Splitting {
  if (testItems === undefined && testRdms === undefined) {
    const usual = defaultCounts(kept(nRdms), kept(nItems));
    const counts = { kItems: kItems ?? usual.kItems, kRdms: kRdms ?? usual.kRdms };
    checkFolds(nRdms, nItems, counts);
    return {
      nFolds: counts.kItems * counts.kRdms,
      splitBy: (lot) => partsOf({ ...counts, seed: lot.next() }),
      needs: [
        { of: "items", argument: "kItems", value: counts.kItems, least: 3 * counts.kItems },
        { of: "rdms", argument: "kRdms", value: counts.kRdms, least: counts.kRdms },
      ],
    };
  }
  if (kItems !== undefined || kRdms !== undefined)
    throw new InvalidArgument(
      kItems === undefined ? "kRdms" : "kItems",
      kItems ?? kRdms,
      "it splits into parts, testItems and testRdms draw random sets; give one or the other",
    );
  const tested = { testItems: testItems ?? 0, testRdms: testRdms ?? 0 };
  checkRandomFolds({ nRdms, nItems, ...tested });
  return {
    nFolds: 1,
    splitBy: (lot) => oneRandomFold(lot, tested),
    needs: [
      { of: "items", argument: "testItems", value: tested.testItems, least: 3 + tested.testItems },
      { of: "rdms", argument: "testRdms", value: tested.testRdms, least: 1 + tested.testRdms },
    ],
  };
}

/** How many different ones a bootstrap keeps, on average. */
function kept(n: number): number {
  return n < 2 ? n : (1 - 1 / Math.E) * n;
}
