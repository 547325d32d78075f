import { paragraphs } from "../core/text.ts";
import { jupyterDisplay, type Displayable, type MimeBundle } from "../core/display.ts";
import { placeOfName } from "../core/place-of-name.ts";
import { gridTable, highestOf, seriesOf, type ScoreGrid } from "../searchlight/score-grid.ts";
import type { Table } from "../table/table.ts";

/** What sensor-level scores are made of. */
export interface SensorScoresParts {
  /** nModels × nSensors × nTimes, C order. */
  readonly scores: Float64Array;
  readonly modelNames: readonly string[];
  /** Names of the sensors; `["rsa"]` when all were pooled. */
  readonly channels: readonly string[];
  /** Seconds; the middle of the time range when all samples were pooled. */
  readonly times: Float64Array;
  readonly rsaMetric: string;
  readonly nItems: number;
  /** What to know about these scores, for example that units are mixed. */
  readonly notes?: readonly string[];
}

/** One model's scores in one sensor, over time. */
export interface ScoreSeries {
  readonly name: string;
  readonly times: Float64Array;
  readonly values: Float64Array;
}

/** Where a model scores highest. */
export interface ScorePeak {
  readonly score: number;
  readonly timeS: number;
  readonly channel: string;
}

/** RSA scores of every model, in every sensor (or all pooled), at every time (or all pooled). Immutable. */
export class SensorScores implements Displayable {
  readonly scores: Float64Array;
  readonly modelNames: readonly string[];
  readonly channels: readonly string[];
  readonly times: Float64Array;
  readonly rsaMetric: string;
  readonly nItems: number;
  /** What to know about these scores, for example that units are mixed. */
  readonly notes: readonly string[];

  constructor({
    scores,
    modelNames,
    channels,
    times,
    rsaMetric,
    nItems,
    notes = [],
  }: SensorScoresParts) {
    this.scores = scores;
    this.modelNames = modelNames;
    this.channels = channels;
    this.times = times;
    this.rsaMetric = rsaMetric;
    this.nItems = nItems;
    this.notes = notes;
    Object.freeze(this);
  }

  /** One model's scores over time, in one sensor. The only model or sensor need not be named. */
  series(model?: string, channel?: string): ScoreSeries {
    const m = placeOfName("model", model, this.modelNames);
    const c = placeOfName("channel", channel, this.channels);
    return seriesOf(this.#grid(), m, c);
  }

  /** Every model's scores over time, in one sensor: what a time-course figure shows. */
  timeSeries(channel?: string): ScoreSeries[] {
    return this.modelNames.map((model) => this.series(model, channel));
  }

  /** Where a model scores highest, over all sensors and times. */
  peak(model?: string): ScorePeak {
    const m = placeOfName("model", model, this.modelNames);
    const { score, timeS, place } = highestOf(this.#grid(), m);
    return { score, timeS, channel: place };
  }

  /** One row for each sensor and time: `time` (seconds), `channel` where there are several, a column for each model. */
  toTable(): Table {
    return gridTable(this.#grid(), this.channels.length > 1 ? "channel" : undefined);
  }

  [jupyterDisplay](): MimeBundle {
    const table = this.toTable()[jupyterDisplay]();
    const notes = this.notes.map((note) => `note: ${note}`);
    return {
      "text/html": String(table["text/html"]) + paragraphs(notes),
      "text/plain": [String(table["text/plain"]), ...notes].join("\n"),
    };
  }

  #grid(): ScoreGrid {
    return { ...this, places: this.channels };
  }
}
