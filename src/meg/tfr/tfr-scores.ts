import { jupyterDisplay, type Displayable, type MimeBundle } from "../../core/display.ts";
import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { placeOfName } from "../../core/place-of-name.ts";
import { namedPeople } from "../../stats/group/named-people.ts";
import type { LabelledObservations } from "../../stats/permutation/labelled-observations.ts";
import { placeOfHighest } from "../../stats/place-of-highest.ts";
import type { Cell } from "../../table/columns.ts";
import { Table } from "../../table/table.ts";

/** What scores of frequencies over time are made of. */
export interface TfrScoresParts {
  /** nModels × nFrequencies × nTimes, C order. */
  readonly scores: Float64Array;
  readonly modelNames: readonly string[];
  /** Hz; a single `NaN` where all frequencies were one pattern. */
  readonly freqsHz: Float64Array;
  /** Seconds. */
  readonly times: Float64Array;
  readonly edgeS: Float64Array;
  readonly fwhmS: Float64Array;
  /** First and last second of the epochs. */
  readonly dataS: readonly [number, number];
  readonly rsaMetric: string;
  /** Which power, and against which baseline. */
  readonly power: string;
  readonly nItems: number;
  readonly notes: readonly string[];
}

/** RSA scores of every model at every frequency and time. Immutable; `rsaTfr` makes it. */
export class TfrScores implements Displayable {
  /** nModels × nFrequencies × nTimes, C order. */
  readonly scores: Float64Array;
  readonly modelNames: readonly string[];
  /** Hz; a single `NaN` where all frequencies were one pattern. */
  readonly freqsHz: Float64Array;
  readonly times: Float64Array;
  /** For each frequency: this near to an end of the epochs zeros beyond it take part, in seconds. */
  readonly edgeS: Float64Array;
  /** For each frequency: how much times blur, in seconds. */
  readonly fwhmS: Float64Array;
  readonly rsaMetric: string;
  readonly power: string;
  readonly nItems: number;
  readonly notes: readonly string[];
  readonly #dataS: readonly [number, number];

  constructor(parts: TfrScoresParts) {
    this.scores = parts.scores;
    this.modelNames = parts.modelNames;
    this.freqsHz = parts.freqsHz;
    this.times = parts.times;
    this.edgeS = parts.edgeS;
    this.fwhmS = parts.fwhmS;
    this.rsaMetric = parts.rsaMetric;
    this.power = parts.power;
    this.nItems = parts.nItems;
    this.notes = parts.notes;
    this.#dataS = parts.dataS;
    Object.freeze(this);
  }

  /** One model's scores, nFrequencies × nTimes in C order. The only model need not be named. */
  of(model?: string): Float64Array {
    const m = placeOfName("model", model, this.modelNames);
    const size = this.freqsHz.length * this.times.length;
    return this.scores.slice(m * size, (m + 1) * size);
  }

  /** Where a model scores highest. */
  peak(model?: string): {
    readonly score: number;
    readonly freqHz: number;
    readonly timeS: number;
  } {
    const scores = this.of(model);
    const at = placeOfHighest(scores);
    const n = this.times.length;
    return {
      score: scores[at],
      freqHz: this.freqsHz[Math.floor(at / n)],
      timeS: this.times[at % n],
    };
  }

  /** 1 where zeros beyond the data take part: what a figure hatches. nFrequencies × nTimes. */
  edges(): Uint8Array {
    const n = this.times.length;
    const [first, last] = this.#dataS;
    return Uint8Array.from({ length: this.freqsHz.length * n }, (_, at) => {
      const [time, edge] = [this.times[at % n], this.edgeS[Math.floor(at / n)]];
      return time - first < edge || last - time < edge ? 1 : 0;
    });
  }

  /** One row for each frequency and time: `frequency` (Hz), `time` (s), a column for each model. */
  toTable(): Table {
    const n = this.times.length;
    const size = this.freqsHz.length * n;
    const rows = Array.from({ length: size }, (_, k) => k);
    return new Table(
      new Map<string, Cell[]>([
        ["frequency", rows.map((k): Cell => this.freqsHz[Math.floor(k / n)])],
        ["time", rows.map((k): Cell => this.times[k % n])],
        ...this.modelNames.map((name): [string, Cell[]] => [name, Array.from(this.of(name))]),
      ]),
    );
  }

  [jupyterDisplay](): MimeBundle {
    const { freqsHz, times, modelNames, rsaMetric, power } = this;
    const head = `TfrScores (${rsaMetric}; ${power}): ${modelNames.join(", ")}; ${freqsHz.length} frequencies × ${times.length} times`;
    return { "text/plain": [head, ...this.notes.map((note) => `note: ${note}`)].join("\n") };
  }
}

/**
 * One model's scores of people at every frequency and time, as a cluster test takes them: people × frequencies × times,
 * whose lattice are its neighbours.
 *
 * @throws ShapeMismatch for people of other frequencies or times; InvalidArgument for another comparison or power.
 * @example
 * import { stackTfr, type TfrScores } from "tsrsa";
 * function observationsOf(people: Record<string, TfrScores>) {
 *   return stackTfr(people, "animacy");
 * }
 */
export function stackTfr(
  people: readonly TfrScores[] | Readonly<Record<string, TfrScores>>,
  model?: string,
): LabelledObservations {
  const isOne = (value: unknown): value is TfrScores => value instanceof TfrScores;
  const { names, values } = namedPeople(people, undefined, isOne, "scores, as rsaTfr gives them");
  const [first] = values;
  values.forEach((one, at) => checkSame(first, one, names[at]));
  const shape = [values.length, first.freqsHz.length, first.times.length];
  const data = Float64Array.from(values.flatMap((one) => Array.from(one.of(model))));
  return { data, shape, axes: ["people", "frequencies", "times"] };
}

function checkSame(first: TfrScores, one: TfrScores, person: string): void {
  const near = (a: Float64Array, b: Float64Array): boolean =>
    a.length === b.length &&
    a.every((value, at) => Object.is(value, b[at]) || Math.abs(value - b[at]) < 1e-6);
  if (!near(first.freqsHz, one.freqsHz) || !near(first.times, one.times))
    throw new ShapeMismatch(
      `${first.freqsHz.length} frequencies × ${first.times.length} times, as of the first person`,
      `${one.freqsHz.length} × ${one.times.length} of ${person}`,
      "score all people with the same frequencies, times and decim",
    );
  if (!near(first.fwhmS, one.fwhmS))
    throw new InvalidArgument(
      `nCycles of ${person}`,
      `wavelets of ${one.fwhmS[0]} s`,
      `others have ${first.fwhmS[0]} s; score all people with the same nCycles`,
    );
  if (first.rsaMetric !== one.rsaMetric || first.power !== one.power)
    throw new InvalidArgument(
      `scores of ${person}`,
      first.power === one.power ? one.rsaMetric : one.power,
      `others are ${first.rsaMetric}, ${first.power}; score all people in one way`,
    );
}
