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
  // Counted first: meshes over time have millions of entries.
  eachNeighbour(shape, lists, inner, steps, reachOf, (i) => starts[i + 1]++);
  for (let i = 0; i < total; i++) starts[i + 1] += starts[i];
  const list = new Int32Array(starts[total]);
  let filled = 0;
  eachNeighbour(shape, lists, inner, steps, reachOf, (_, j) => (list[filled++] = j));
  return { starts, list };
}

function eachNeighbour(
  shape: readonly number[],
  lists: Block["lists"],
  inner: number,
  steps: ReturnType<typeof latticeSteps>,
  reachOf: (axis: number) => number,
  use: (i: number, j: number) => void,
): void {
  const total = sizeOf(shape);
  for (let i = 0; i < total; i++) {
    const place = Math.floor(i / inner) % lists.length;
    const beside = lists[place];
    for (let k = 0; k < beside.length; k++) use(i, i + (beside[k] - place) * inner);
    for (const { step, length, axis } of steps) {
      const along = Math.floor(i / step) % length;
      for (let k = Math.min(reachOf(axis), length); k >= 1; k--) {
        if (along >= k) use(i, i - k * step);
        if (along + k < length) use(i, i + k * step);
      }
    }
  }
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
