import { jupyterDisplay, type Displayable, type MimeBundle } from "../core/display.ts";
import { texts } from "../core/gate/kinds.ts";
import { summarizePeople, type PeopleOptions } from "../stats/group/summarize-people.ts";
import type { LabelledObservations } from "../stats/permutation/labelled-observations.ts";
import type { Cell } from "../table/columns.ts";
import { Table } from "../table/table.ts";
import { placeOfName } from "../core/place-of-name.ts";
import { SensorScores, type ScoreSeries } from "./sensor-scores.ts";

/** What a group of people's scores is made of. */
export interface GroupScoresParts {
  /** nPeople × nModels × nChannels × nTimes, C order. */
  readonly scores: Float64Array;
  readonly people: readonly string[];
  readonly modelNames: readonly string[];
  readonly channels: readonly string[];
  readonly times: Float64Array;
  readonly rsaMetric: string;
  /** Sensors that not all people have, and who lacks them. */
  readonly leftOut: readonly { readonly channel: string; readonly missingIn: readonly string[] }[];
  /** Items of each person. */
  readonly nItems: readonly number[];
  readonly notes: readonly string[];
}

/** Mean scores of a group over time with their bounds: what a time-course figure shows. */
export interface GroupSeries extends ScoreSeries {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** What the bounds are: the words for a figure legend. */
  readonly bandLabel: string;
}

/** Scores of people, joined by the names of models and sensors. Immutable; {@link stackScores} makes it. */
export class GroupScores implements Displayable {
  /** nPeople × nModels × nChannels × nTimes, C order. */
  readonly scores: Float64Array;
  readonly people: readonly string[];
  readonly modelNames: readonly string[];
  readonly channels: readonly string[];
  /** Seconds. */
  readonly times: Float64Array;
  readonly rsaMetric: string;
  /** Sensors that not all people have, and who lacks them. */
  readonly leftOut: GroupScoresParts["leftOut"];
  /** Items of each person. */
  readonly nItems: readonly number[];
  /** What to know about this group, for example who lacks which sensor. */
  readonly notes: readonly string[];

  constructor(parts: GroupScoresParts) {
    this.scores = parts.scores;
    this.people = parts.people;
    this.modelNames = parts.modelNames;
    this.channels = parts.channels;
    this.times = parts.times;
    this.rsaMetric = parts.rsaMetric;
    this.leftOut = parts.leftOut;
    this.nItems = parts.nItems;
    this.notes = parts.notes;
    Object.freeze(this);
  }

  /**
   * One model's scores as a test takes them: people × times in one sensor (or where there is only one), people × times
   * × sensors with the names of the sensors in all. The only model need not be named.
   */
  observations(model?: string, channel?: string): LabelledObservations {
    const m = placeOfName("model", model, this.modelNames);
    const one = channel !== undefined || this.channels.length === 1;
    const c = one ? placeOfName("channel", channel, this.channels) : 0;
    const [nPeople, nTimes] = [this.people.length, this.times.length];
    const nChannels = one ? 1 : this.channels.length;
    const data = new Float64Array(nPeople * nTimes * nChannels);
    for (let k = 0; k < data.length; k++) {
      const person = Math.floor(k / (nTimes * nChannels));
      const time = Math.floor(k / nChannels) % nTimes;
      data[k] = this.scores[this.#placeOf(person, m, c + (k % nChannels)) + time];
    }
    return one
      ? { data, shape: [nPeople, nTimes], axes: ["people", "times"] }
      : {
          data,
          shape: [nPeople, nTimes, nChannels],
          axes: ["people", "times", "sensors"],
          channels: this.channels,
        };
  }

  /** Only these sensors, in the order given. Throws `UnknownOption`. */
  pick(channels: readonly string[]): GroupScores {
    texts(channels, "channels");
    const nTimes = this.times.length;
    const at = channels.map((name) => placeOfName("channel", name, this.channels));
    const nRows = this.people.length * this.modelNames.length;
    const scores = new Float64Array(nRows * at.length * nTimes);
    for (let row = 0; row < nRows; row++) {
      at.forEach((c, k) => {
        const from = (row * this.channels.length + c) * nTimes;
        scores.set(this.scores.subarray(from, from + nTimes), (row * at.length + k) * nTimes);
      });
    }
    return new GroupScores({ ...this, scores, channels: [...channels] });
  }

  /** The scores of one person. */
  person(name: string): SensorScores {
    const at = placeOfName("person", name, this.people);
    const size = this.scores.length / this.people.length;
    return this.#scoresOf(this.scores.slice(at * size, (at + 1) * size), this.nItems[at], []);
  }

  /** Mean over people of every model, sensor and time; `NaN` where a person has no score. */
  mean(): SensorScores {
    const size = this.scores.length / this.people.length;
    const sums = new Float64Array(size);
    this.scores.forEach((score, k) => (sums[k % size] += score));
    const note = `mean of ${this.people.length} people`;
    const mean = sums.map((sum) => sum / this.people.length);
    return this.#scoresOf(mean, Math.min(...this.nItems), [note, ...this.notes]);
  }

  /** Mean over people in one sensor over time, with its bounds. Throws as {@link summarizePeople}. */
  async series(
    model?: string,
    channel?: string,
    options: PeopleOptions = {},
  ): Promise<GroupSeries> {
    const c = placeOfName("channel", channel, this.channels);
    const m = placeOfName("model", model, this.modelNames);
    const observations = this.observations(this.modelNames[m], this.channels[c]);
    const { mean, lower, upper, words } = await summarizePeople(observations, options);
    return {
      name: this.modelNames[m],
      times: this.times,
      values: mean.data,
      lower: lower.data,
      upper: upper.data,
      bandLabel: words,
    };
  }

  /** Every model's mean over people in one sensor, with bounds. */
  async timeSeries(channel?: string, options: PeopleOptions = {}): Promise<GroupSeries[]> {
    const all: GroupSeries[] = [];
    for (const model of this.modelNames) all.push(await this.series(model, channel, options));
    return all;
  }

  /** One row for each person, sensor and time: `person`, `time` (seconds), `channel`, and a column for each model. */
  toTable(): Table {
    const [nChannels, nTimes] = [this.channels.length, this.times.length];
    const size = nChannels * nTimes;
    const rows = Array.from({ length: this.people.length * size }, (_, k) => k);
    const column = (of: (k: number) => Cell): Cell[] => rows.map(of);
    const scoreAt = (m: number) => (k: number) =>
      this.scores[this.#placeOf(Math.floor(k / size), m, 0) + (k % size)];
    return new Table(
      new Map([
        ["person", column((k) => this.people[Math.floor(k / size)])],
        ["time", column((k) => this.times[k % nTimes])],
        ...(nChannels > 1
          ? [["channel", column((k) => this.channels[Math.floor(k / nTimes) % nChannels])] as const]
          : []),
        ...this.modelNames.map((name, m) => [name, column(scoreAt(m))] as const),
      ]),
    );
  }

  [jupyterDisplay](): MimeBundle {
    const { people, modelNames, channels, times, rsaMetric, notes } = this;
    const sensors = channels.length === 1 ? "one time course" : `${channels.length} sensors`;
    const head = `GroupScores of ${people.length} people (${rsaMetric}): ${modelNames.join(", ")}; ${sensors}, ${times.length} times`;
    return { "text/plain": [head, ...notes.map((note) => `note: ${note}`)].join("\n") };
  }

  /** Where the times of one person, model and sensor begin. */
  #placeOf(person: number, m: number, c: number): number {
    const [nModels, nChannels] = [this.modelNames.length, this.channels.length];
    return ((person * nModels + m) * nChannels + c) * this.times.length;
  }

  #scoresOf(scores: Float64Array, nItems: number, notes: readonly string[]): SensorScores {
    const { modelNames, channels, times, rsaMetric } = this;
    return new SensorScores({ scores, modelNames, channels, times, rsaMetric, nItems, notes });
  }
}
