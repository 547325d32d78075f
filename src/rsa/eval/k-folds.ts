import { InvalidArgument } from "../../core/errors.ts";
import { random } from "../../core/random.ts";
import type { BootstrapDraw } from "./eval-parts.ts";
import { timesDrawn } from "./draws.ts";
import { rdmsOfGroups, type RdmGroups } from "./rdm-groups.ts";

/** What a fold fits to and what it is tested on: positions of data RDMs and of items. */
export interface EvalFold {
  readonly train: EvalPart;
  readonly test: EvalPart;
}

/** A part of the data. */
export interface EvalPart {
  readonly rdms: ArrayLike<number>;
  readonly items: ArrayLike<number>;
}

/** In how many parts to split. */
export interface FoldCounts {
  readonly kItems: number;
  readonly kRdms: number;
  /** Undefined: in the order they have. */
  readonly seed: number | undefined;
}

/** Every part of the RDMs with every part of the items as test set; what is not split is trained and tested on whole. */
export function kFolds(nRdms: number, nItems: number, counts: FoldCounts): EvalFold[] {
  const { kItems, kRdms, seed } = counts;
  checkFolds(nRdms, nItems, counts);
  const lot = seed === undefined ? undefined : random(seed);
  const order = (n: number): ArrayLike<number> => lot?.permutation(n) ?? range(n);
  return groups(order(nRdms), kRdms).flatMap((rdms) =>
    groups(order(nItems), kItems).map((items) => ({
      train: {
        rdms: kRdms === 1 ? rdms : without(nRdms, rdms),
        items: kItems === 1 ? items : without(nItems, items),
      },
      test: { rdms, items },
    })),
  );
}

/** Throws `InvalidArgument` for more parts than there are RDMs, or triples of items. */
export function checkFolds(
  nRdms: number,
  nItems: number,
  { kItems, kRdms }: { readonly kItems: number; readonly kRdms: number },
): void {
  checkCount("kRdms", kRdms, nRdms, 1);
  checkCount("kItems", kItems, nItems, 3);
}

function checkCount(argument: string, k: number, n: number, least: number): void {
  const most = Math.max(1, Math.floor(n / least));
  if (Number.isInteger(k) && k >= 1 && k <= most) return;
  throw new InvalidArgument(argument, k, `give a whole number from 1 (do not split) to ${most}`);
}

/** Parts of nearly one size, as `sets_k_fold` of rsatoolbox makes them: what is over goes to the first, from the end. */
function groups(order: ArrayLike<number>, k: number): number[][] {
  const size = Math.floor(order.length / k);
  const over = order.length % k;
  return range(k).map((group) => {
    const own = range(size).map((at) => order[group * size + at]);
    return group < over ? [...own, order[order.length - group - 1]] : own;
  });
}

function without(n: number, left: readonly number[]): number[] {
  const out = new Set(left);
  return range(n).filter((position) => !out.has(position));
}

function range(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i);
}

/** Folds of a bootstrap sample, and its data RDMs, each as often as it was drawn. */
export interface DrawnFolds {
  readonly folds: readonly EvalFold[];
  readonly rdms: readonly number[];
}

/** Folds of so many different RDMs and items; undefined when they are too few. */
export type Split = (nRdms: number, nItems: number) => readonly EvalFold[] | undefined;

/** A split into parts, by lot. */
export function partsOf(counts: FoldCounts): Split {
  return (nRdms, nItems) =>
    nRdms < counts.kRdms || nItems < 3 * counts.kItems ? undefined : kFolds(nRdms, nItems, counts);
}

/** Folds of what was drawn, copies always together; undefined when too few different ones were. */
export function drawnFolds(
  draw: BootstrapDraw,
  groups: RdmGroups,
  nItems: number,
  split: Split,
): DrawnFolds | undefined {
  const rdms = timesDrawn(draw.rdms, groups.count, "rdms");
  const items = timesDrawn(draw.items, nItems, "items");
  const [rdmsThere, itemsThere] = [rdms, items].map(present);
  const folds = split(rdmsThere.length, itemsThere.length);
  if (folds === undefined) return undefined;
  const part = ({ rdms: r, items: i }: EvalPart): EvalPart => ({
    rdms: copies(r, rdmsThere, rdms),
    items: copies(i, itemsThere, items),
  });
  return {
    folds: groupFolds(
      folds.map(({ train, test }) => ({ train: part(train), test: part(test) })),
      groups,
    ),
    rdms: rdmsOfGroups(groups, copies(rdmsThere.keys(), rdmsThere, rdms)),
  };
}

/** Folds of groups as folds of their RDMs. */
export function groupFolds(folds: readonly EvalFold[], groups: RdmGroups): EvalFold[] {
  const part = ({ rdms, items }: EvalPart): EvalPart => ({
    rdms: rdmsOfGroups(groups, rdms),
    items,
  });
  return folds.map(({ train, test }) => ({ train: part(train), test: part(test) }));
}

function present(times: Float64Array): number[] {
  return [...times.keys()].filter((position) => times[position] > 0);
}

/** Each of some that are there, as often as it was drawn. */
function copies(
  some: ArrayLike<number> | Iterable<number>,
  there: readonly number[],
  times: Float64Array,
): number[] {
  return Array.from(some as ArrayLike<number>).flatMap((at) =>
    Array.from({ length: times[there[at]] }, () => there[at]),
  );
}

/** As many parts as rsatoolbox makes: of items at least six, of RDMs at least three, in five at most. */
export function defaultCounts(nRdms: number, nItems: number): { kItems: number; kRdms: number } {
  const among = (n: number, steps: readonly number[]): number =>
    2 + steps.filter((step) => n >= step).length;
  return {
    kItems: nItems < 6 ? 1 : among(nItems, [12, 24, 40]),
    kRdms: nRdms < 2 ? 1 : among(nRdms, [6, 12, 20]),
  };
}
