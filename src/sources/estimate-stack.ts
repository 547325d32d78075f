import { sameTimes } from "../core/times.ts";
import { jupyterDisplay, type Displayable, type MimeBundle } from "../core/display.ts";
import { InvalidArgument, ItemMismatch, ShapeMismatch } from "../core/errors.ts";
import { checkedMatrix } from "../core/gate/checked-matrix.ts";
import { thing } from "../core/gate/kinds.ts";
import { sizeOf, type Matrix } from "../core/matrix.ts";
import { placeOfName } from "../core/place-of-name.ts";
import type { ClusterTest } from "../stats/permutation/cluster-test.ts";
import type { LabelledObservations } from "../stats/permutation/labelled-observations.ts";
import { checkSameBrain } from "./same-brain.ts";
import { SourceEstimates } from "./source-estimates.ts";

const clusterTest = thing("a result of permutationClusterTest", "t", "significant");

/** What a stack of people's estimates is made of. */
export interface EstimateStackParts {
  /** People × times × sources, C order. */
  readonly values: Float64Array;
  readonly people: readonly string[];
  /** What all people share: sources, times, and the subject whose brain they are on. */
  readonly on: SourceEstimates;
}

/** Estimates of people on one brain, ready for tests over a group. Immutable; {@link stackEstimates} makes it. */
export class EstimateStack implements Displayable {
  readonly people: readonly string[];
  /** Seconds. */
  readonly times: Float64Array;
  readonly #values: Float64Array;
  readonly #on: SourceEstimates;

  constructor({ values, people, on }: EstimateStackParts) {
    this.people = people;
    this.times = on.times;
    this.#values = values;
    this.#on = on;
    Object.freeze(this);
  }

  /** `left 12`, `right 3`, or `12` in a volume. */
  get sourceNames(): string[] {
    return this.#on.sourceNames;
  }

  /** People × times × sources with the names of the sources: what `permutationClusterTest` takes. */
  observations(): LabelledObservations {
    return {
      data: this.#values.slice(),
      shape: [this.people.length, this.times.length, this.#on.nSources],
      axes: ["people", "times", "sources"],
      channels: this.sourceNames,
    };
  }

  /** The estimate of one person. Throws `UnknownOption`. */
  person(name: string): SourceEstimates {
    const size = this.#values.length / this.people.length;
    const at = placeOfName("person", name, this.people);
    return this.#estimatesOf(this.#values.subarray(at * size, (at + 1) * size));
  }

  /** Mean over people; NaN where a person has no value. */
  mean(): SourceEstimates {
    const size = this.#values.length / this.people.length;
    const sums = new Float64Array(size);
    this.#values.forEach((value, k) => (sums[k % size] += value));
    return this.#estimatesOf(sums.map((sum) => sum / this.people.length));
  }

  /** This less another stack, person by person, joined by name. Throws `ItemMismatch`, `ShapeMismatch`. */
  minus(other: EstimateStack): EstimateStack {
    if (!(#values in Object(other)))
      throw new InvalidArgument(
        "other",
        other,
        "give a stack of estimates, as stackEstimates makes",
      );
    const lacking = this.people.filter((name) => !other.people.includes(name));
    const more = other.people.filter((name) => !this.people.includes(name));
    if (lacking.length + more.length > 0)
      throw new ItemMismatch(lacking, more, "a difference needs both values of every person");
    checkSame(this.#on, other.#on, "the other stack");
    const size = this.#values.length / this.people.length;
    const rows = this.people.map((name) => other.people.indexOf(name));
    const values = this.#values.map(
      (value, k) => value - other.#values[rows[Math.floor(k / size)] * size + (k % size)],
    );
    return new EstimateStack({ values, people: this.people, on: this.#on });
  }

  /** Values of times × sources, as t and p of a test are, as one estimate. Throws `ShapeMismatch`. */
  estimates(values: Matrix): SourceEstimates {
    const { data, shape } = checkedMatrix(values, "values");
    const [nTimes, nSources] = [this.times.length, this.#on.nSources];
    if (sizeOf(shape) !== nTimes * nSources || shape[shape.length - 1] !== nSources)
      throw new ShapeMismatch(
        `${nTimes} times × ${nSources} sources`,
        `(${shape.join(", ")})`,
        "give t, scores or pValues of a test of this stack's observations",
      );
    return this.#estimatesOf(Float64Array.from(data));
  }

  /**
   * How long each source is in each significant cluster: one estimate whose "times" are all clusters together, then each,
   * the most significant first. Seconds, negative for clusters below. Agrees with `mne.stats.summarize_clusters_stc`,
   * where no cluster is an error; here the one column is 0.
   *
   * @throws InvalidArgument for a test of other observations.
   */
  clusters(test: ClusterTest): SourceEstimates {
    clusterTest(test, "test");
    const nSources = this.#on.nSources;
    if (test.t.data.length !== this.times.length * nSources)
      throw new InvalidArgument(
        "test",
        `of ${test.t.data.length} positions`,
        `this stack has ${this.times.length} times × ${nSources} sources`,
      );
    const found = test.significant;
    const width = found.length + 1;
    const data = new Float64Array(nSources * width);
    found.forEach(({ positions }, at) => {
      for (const position of positions) {
        const row = (position % nSources) * width;
        const spent = Math.sign(test.t.data[position]) * this.#on.tstepS;
        data[row + at + 1] += spent;
        data[row] += spent;
      }
    });
    const { vertices, kind, subject, tstepS } = this.#on;
    const shape = [1, nSources, width];
    return new SourceEstimates({
      data: { data, shape },
      vertices,
      kind,
      tminS: 0,
      tstepS,
      subject,
    });
  }

  [jupyterDisplay](): MimeBundle {
    const { people, times } = this;
    const on = this.#on.subject === undefined ? "" : ` on ${this.#on.subject}`;
    const text = `EstimateStack of ${people.length} people${on}: ${this.#on.nSources} sources, ${times.length} times`;
    return { "text/plain": text };
  }

  /** Times × sources as one estimate. */
  #estimatesOf(values: Float64Array): SourceEstimates {
    const { nSources, vertices, kind, tminS, tstepS, subject } = this.#on;
    const nTimes = this.times.length;
    const data = new Float64Array(values.length);
    for (let t = 0; t < nTimes; t++)
      for (let s = 0; s < nSources; s++) data[s * nTimes + t] = values[t * nSources + s];
    const shape = [1, nSources, nTimes];
    return new SourceEstimates({ data: { data, shape }, vertices, kind, tminS, tstepS, subject });
  }
}

/** Throws unless both have the same sources, on one brain, at the same times to half a sample. */
export function checkSame(first: SourceEstimates, other: SourceEstimates, who: string): void {
  checkSameBrain(first, other, who);
  if (sameTimes(first.times, other.times, first.tstepS / 2)) return;
  const told = ({ times }: SourceEstimates) =>
    `${times[0]} to ${times[times.length - 1]} s (${times.length} times)`;
  throw new ShapeMismatch(
    `${told(first)}, to half a sample`,
    `${told(other)} of ${who}`,
    "crop all to the same times",
  );
}
