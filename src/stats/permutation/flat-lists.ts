import { sizeOf } from "../../core/matrix.ts";

/** Neighbours of all positions in one list, `list[starts[i]] … list[starts[i + 1] − 1]` those of position i. */
export interface FlatLists {
  readonly starts: Int32Array;
  readonly list: Int32Array;
}

/** Places that cover some axes which follow each other, with the neighbours of each. */
export interface Block {
  readonly lists: readonly ArrayLike<number>[];
  /** Distance of two places that follow each other: 1 where the block covers the last axes. */
  readonly step: number;
}

/** Lists for the whole: those given for the block, along every axis beside it the next and the previous `reach` places. */
export function flatLists(
  shape: readonly number[],
  { lists, step: inner }: Block,
  reachOf: (axis: number) => number,
): FlatLists {
  const total = sizeOf(shape);
  const steps = latticeSteps(shape, inner, lists.length);
  const starts = new Int32Array(total + 1);
  const list: number[] = [];
  for (let i = 0; i < total; i++) {
    const place = Math.floor(i / inner) % lists.length;
    for (const j of Array.from(lists[place])) list.push(i + (j - place) * inner);
    for (const { step, length, axis } of steps) {
      const along = Math.floor(i / step) % length;
      for (let k = Math.min(reachOf(axis), length); k >= 1; k--) {
        if (along >= k) list.push(i - k * step);
        if (along + k < length) list.push(i + k * step);
      }
    }
    starts[i + 1] = list.length;
  }
  return { starts, list: Int32Array.from(list) };
}

/** The axes that the block does not cover, with the distance of two positions beside each other. */
function latticeSteps(shape: readonly number[], inner: number, size: number) {
  const steps: { step: number; length: number; axis: number }[] = [];
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const length = shape[axis];
    const covered = step >= inner && step < inner * size;
    if (!covered) steps.push({ step, length, axis });
    step *= length;
  }
  return steps;
}
