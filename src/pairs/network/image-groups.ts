import type { Random } from "../../core/random.ts";
import type { PairList } from "../pair-list.ts";

/** Some images, and the pairs among them that are to be learned. */
export interface ImageGroup {
  readonly images: Int32Array;
  /** Places within `images`. */
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly target: Float32Array;
}

/** Groups of an epoch: images are shuffled and cut into groups, several times over. */
export function* imageGroups(
  images: Int32Array,
  pairs: PairList,
  options: { readonly size: number; readonly rounds: number; readonly stream: Random },
): Generator<ImageGroup> {
  const wanted = targetsByPair(pairs);
  for (let round = 0; round < options.rounds; round++) {
    const order = options.stream.permutation(images.length).map((at) => images[at]);
    for (let from = 0; from < order.length; from += options.size) {
      const group = groupOf(order.slice(from, from + options.size), wanted);
      // A correlation needs three pairs.
      if (group.target.length >= 3) yield group;
    }
  }
}

/** All pairs as groups of one go, for a loss that changes nothing. */
export function wholeGroup(pairs: PairList): ImageGroup {
  const images = Int32Array.from(new Set([...pairs.i, ...pairs.j])).sort();
  const place = new Map(Array.from(images, (image, at) => [image, at]));
  return {
    images,
    first: pairs.i.map((image) => place.get(image) ?? 0),
    second: pairs.j.map((image) => place.get(image) ?? 0),
    target: Float32Array.from(pairs.target),
  };
}

type Targets = ReadonlyMap<number, number>;

/** Images are fewer than this. */
const MANY = 2 ** 20;

function targetsByPair({ i, j, target }: PairList): Targets {
  return new Map(Array.from(target, (value, at) => [keyOf(i[at], j[at]), value]));
}

function keyOf(i: number, j: number): number {
  return Math.min(i, j) * MANY + Math.max(i, j);
}

function groupOf(images: Int32Array, wanted: Targets): ImageGroup {
  const [first, second, target]: [number[], number[], number[]] = [[], [], []];
  for (let a = 0; a < images.length; a++) {
    for (let b = a + 1; b < images.length; b++) {
      const value = wanted.get(keyOf(images[a], images[b]));
      if (value === undefined) continue;
      first.push(a);
      second.push(b);
      target.push(value);
    }
  }
  return {
    images,
    first: Int32Array.from(first),
    second: Int32Array.from(second),
    target: Float32Array.from(target),
  };
}
