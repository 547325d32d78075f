import { jupyterDisplay, type Displayable, type MimeBundle } from "../core/display.ts";
import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import { checkedMatrix } from "../core/gate/checked-matrix.ts";
import {
  finite,
  listOf,
  numbers,
  object,
  oneOf,
  positive,
  text,
  thing,
} from "../core/gate/kinds.ts";
import type { Matrix } from "../core/matrix.ts";

/** What source estimates are made of. */
export interface SourceEstimatesParts {
  /** Estimates × sources × times, or estimates × sources × 3 × times for currents with directions. */
  readonly data: Matrix;
  /** Numbers of the vertices that are sources, ascending: left and right hemisphere, or those of a volume. */
  readonly vertices: readonly Int32Array[];
  readonly kind: "surface" | "volume";
  readonly tminS: number;
  readonly tstepS: number;
  /** Whose brain it is. */
  readonly subject?: string;
}

/**
 * Activity of sources in the brain: one estimate for each epoch, average or map. A source is named by its hemisphere
 * and its vertex number, as an item is by its label. Immutable.
 *
 * @example
 * import { SourceEstimates } from "tsrsa";
 * const estimates = new SourceEstimates({
 *   data: { data: Float64Array.of(1, 2, 3, 4), shape: [1, 2, 2] },
 *   vertices: [Int32Array.of(7), Int32Array.of(3)],
 *   kind: "surface",
 *   tminS: 0,
 *   tstepS: 0.01,
 * });
 * estimates.sourceNames; // [ "left 7", "right 3" ]
 */
export class SourceEstimates implements Displayable {
  readonly data: Matrix;
  readonly vertices: readonly Int32Array[];
  readonly kind: "surface" | "volume";
  readonly tminS: number;
  readonly tstepS: number;
  readonly subject: string | undefined;

  /** Throws `ShapeMismatch` when vertices and data do not fit, `InvalidArgument` for vertices that do not ascend. */
  constructor(parts: SourceEstimatesParts) {
    object(parts, "parts");
    const { data, vertices, kind, tminS, tstepS, subject } = parts;
    oneOf(["surface", "volume"])(kind, "kind");
    listOf(numbers)(vertices, "vertices");
    finite(tminS, "tminS");
    positive(tstepS, "tstepS");
    if (subject !== undefined) text(subject, "subject");
    checkParts(checkedMatrix(data, "data"), vertices, kind);
    this.data = data;
    this.vertices = vertices.map((list) => Int32Array.from(list));
    this.kind = kind;
    this.tminS = tminS;
    this.tstepS = tstepS;
    this.subject = subject;
    Object.freeze(this);
  }

  /** Number of estimates. */
  get length(): number {
    return this.data.shape[0];
  }

  get nSources(): number {
    return this.data.shape[1];
  }

  /** True when each source has a current along three axes. */
  get isVector(): boolean {
    return this.data.shape.length === 4;
  }

  /** Seconds of the samples. */
  get times(): Float64Array {
    const count = this.data.shape[this.data.shape.length - 1];
    return Float64Array.from({ length: count }, (_, at) => this.tminS + this.tstepS * at);
  }

  /** `left 12`, `right 3`, or `12` in a volume: the rows of the data, in their order. */
  get sourceNames(): string[] {
    return namesOfSources(this.vertices, this.kind);
  }

  [jupyterDisplay](): MimeBundle {
    const { times, length, nSources, kind } = this;
    const [first, last] = [times[0], times[times.length - 1]].map((time) => time.toFixed(3));
    const of = kind === "volume" ? "sources in a volume" : "sources on the cortex";
    return { "text/plain": `${length} estimates of ${nSources} ${of}, ${first} to ${last} s` };
  }
}

/** Estimates of a user, also of another copy of the package. */
export const someEstimates = thing(
  "source estimates, as applyInverse gives them",
  "data",
  "vertices",
  "tstepS",
);

/** Names of sources in the order of the rows: the left hemisphere first. */
export function namesOfSources(
  vertices: readonly ArrayLike<number>[],
  kind: "surface" | "volume",
): string[] {
  const sides = kind === "volume" ? [""] : ["left ", "right "];
  return vertices.flatMap((list, side) => Array.from(list, (vertex) => `${sides[side]}${vertex}`));
}

function checkParts(
  { shape }: Matrix,
  vertices: readonly ArrayLike<number>[],
  kind: "surface" | "volume",
): void {
  const lists = kind === "volume" ? 1 : 2;
  const nSources = vertices.reduce((sum, list) => sum + list.length, 0);
  const fits = shape.length === 3 || (shape.length === 4 && shape[2] === 3);
  if (vertices.length !== lists || !fits || shape[1] !== nSources)
    throw new ShapeMismatch(
      `estimates × ${nSources} sources × times, with ${lists === 1 ? "one list" : "two lists"} of vertices`,
      `(${shape.join(", ")}), with ${vertices.length}`,
    );
  vertices.forEach((list, side) => {
    const at = Array.from(list).findIndex(
      (vertex, i) => !Number.isInteger(vertex) || vertex < 0 || (i > 0 && vertex <= list[i - 1]),
    );
    if (at >= 0)
      throw new InvalidArgument(
        `vertices[${side}][${at}]`,
        list[at],
        "give whole numbers from 0, each above that before it",
      );
  });
}
