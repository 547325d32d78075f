import type { CheckedComparison, PairTest } from "./comparison.ts";

/**
 * How pairs of models that differ are shown: a line over both (`bars`), with a head at the lower one (`arrows`); a row
 * for each model with a feather over every model below it (`wings`); lines over models of which no two differ
 * (`cliques`).
 */
export type PairStyle = "bars" | "arrows" | "wings" | "cliques";

export const pairStyles: readonly PairStyle[] = ["bars", "arrows", "wings", "cliques"];

/** One mark over bars, and the row it lies in, counted from below. */
export interface PairMark {
  /** Names of the first and the last of its models. */
  readonly a: string;
  readonly b: string;
  readonly group: number;
  readonly row: number;
  /** Places of its models among the bars of the group, ascending. */
  readonly members: readonly number[];
  /** The model that a wing is of, or an arrow points at. */
  readonly head: number | undefined;
}

type Unplaced = Omit<PairMark, "row" | "a" | "b">;

/** Marks in rows: short ones below, none over another. */
export function placePairs(
  all: readonly CheckedComparison[],
  alpha: number,
  style: PairStyle = "bars",
): PairMark[] {
  return all.flatMap((comparison, group) => {
    const wanted = marksOf(comparison, alpha, style).map((mark) => ({ ...mark, group }));
    wanted.sort((p, q) => length(p) - length(q) || p.members[0] - q.members[0]);
    const rows: Unplaced[][] = [];
    return wanted.map((mark) => {
      // Lines that share an end would look like one.
      let row = rows.findIndex((taken) => taken.every((other) => apart(mark, other)));
      if (row < 0) row = rows.push([]) - 1;
      rows[row].push(mark);
      const [a, b] = [mark.members[0], mark.members[mark.members.length - 1]].map(
        (model) => comparison.models[model].name,
      );
      return { ...mark, row, a, b };
    });
  });
}

type Mark = Omit<Unplaced, "group">;

function marksOf(comparison: CheckedComparison, alpha: number, style: PairStyle): Mark[] {
  const at = new Map(comparison.models.map(({ name }, i) => [name, i]));
  const placed = comparison.pairs.map(({ a, b, pValue }: PairTest) => ({
    ends: [at.get(a) ?? 0, at.get(b) ?? 0].sort((i, j) => i - j),
    differ: pValue <= alpha,
  }));
  const differing = placed.filter(({ differ }) => differ).map(({ ends }) => ends);
  const mean = (model: number) => comparison.models[model].mean;
  if (style === "cliques") {
    const same = placed.filter(({ differ }) => !differ).map(({ ends }) => ends);
    return cliques(comparison.models.length, same).map((members) => ({ members, head: undefined }));
  }
  if (style === "wings") return wings(comparison.models.length, differing, mean);
  return differing.map((members) => {
    const [i, j] = members;
    const lower = mean(i) <= mean(j) ? i : j;
    return { members, head: style === "arrows" ? lower : undefined };
  });
}

/** For each model all those below it that it differs from. */
function wings(
  nModels: number,
  differing: readonly number[][],
  mean: (model: number) => number,
): Mark[] {
  return Array.from({ length: nModels }, (_, head) => {
    const others = differing
      .filter((ends) => ends.includes(head))
      .map(([i, j]) => (i === head ? j : i))
      .filter((other) => mean(other) < mean(head));
    return { head, members: [head, ...others].sort((i, j) => i - j) };
  }).filter(({ members }) => members.length > 1);
}

/** The largest sets of models of which every pair was tested and does not differ (Bron & Kerbosch 1973). */
function cliques(nModels: number, same: readonly number[][]): number[][] {
  const beside = Array.from({ length: nModels }, () => new Set<number>());
  for (const [i, j] of same) {
    beside[i].add(j);
    beside[j].add(i);
  }
  const found: number[][] = [];
  const grow = (members: number[], candidates: number[], done: number[]): void => {
    if (candidates.length === 0 && done.length === 0 && members.length > 1) found.push(members);
    let [open, closed] = [candidates, done];
    for (const next of candidates) {
      const near = (one: number) => beside[next].has(one);
      grow([...members, next], open.filter(near), closed.filter(near));
      open = open.filter((one) => one !== next);
      closed = [...closed, next];
    }
  };
  grow(
    [],
    Array.from({ length: nModels }, (_, at) => at),
    [],
  );
  return found.map((members) => members.sort((i, j) => i - j));
}

function length({ members }: Mark): number {
  return members[members.length - 1] - members[0];
}

function apart(one: Mark, other: Mark): boolean {
  return (
    one.members[one.members.length - 1] < other.members[0] ||
    one.members[0] > other.members[other.members.length - 1]
  );
}
