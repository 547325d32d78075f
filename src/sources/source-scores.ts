import { jupyterDisplay, type Displayable, type MimeBundle } from "../core/display.ts";
import { InvalidArgument } from "../core/errors.ts";
import { placeOfName } from "../core/place-of-name.ts";
import type { OtherNumbers } from "../rsa/weights/placed-scores.ts";
import { gridTable, highestOf, seriesOf } from "../searchlight/score-grid.ts";
import type { Table } from "../table/table.ts";
import { SourceEstimates } from "./source-estimates.ts";

/** What scores of sources are made of. */
export interface SourceScoresParts {
  /** nModels × nPlaces × nTimes, C order. */
  readonly scores: Float64Array;
  readonly modelNames: readonly string[];
  /** Names of the places: sources, regions, or `["rsa"]` when all sources were pooled. */
  readonly places: readonly string[];
  /** For each place its rows among the sources of `estimates`. */
  readonly rows: readonly Int32Array[];
  /** The sources that a map of these scores has. */
  readonly vertices: readonly Int32Array[];
  readonly kind: "surface" | "volume";
  readonly subject: string | undefined;
  readonly times: Float64Array;
  readonly tstepS: number;
  readonly rsaMetric: string;
  readonly nItems: number;
  readonly notes: readonly string[];
}

/** RSA scores of every model, in every place of the brain (or all pooled), at every time (or all pooled). Immutable. */
export class SourceScores implements Displayable {
  readonly scores: Float64Array;
  readonly modelNames: readonly string[];
  /** Names of the places: `left 12`, a region's name, or `rsa` when all sources were pooled. */
  readonly places: readonly string[];
  readonly times: Float64Array;
  readonly rsaMetric: string;
  readonly nItems: number;
  /** What to know about these scores. */
  readonly notes: readonly string[];
  readonly #parts: SourceScoresParts;

  /** Use {@link rsaStcs} or {@link rsaStcsRois}. */
  constructor(parts: SourceScoresParts) {
    this.#parts = parts;
    this.scores = parts.scores;
    this.modelNames = parts.modelNames;
    this.places = parts.places;
    this.times = parts.times;
    this.rsaMetric = parts.rsaMetric;
    this.nItems = parts.nItems;
    this.notes = parts.notes;
    Object.freeze(this);
  }

  /** One model's scores over time in one place. The only model or place need not be named. */
  series(
    model?: string,
    place?: string,
  ): { readonly name: string; readonly times: Float64Array; readonly values: Float64Array } {
    const m = placeOfName("model", model, this.modelNames);
    const p = placeOfName("place", place, this.places);
    return seriesOf(this, m, p);
  }

  /** Where and when a model scores highest; NaN when it has no score. */
  peak(model?: string): { readonly score: number; readonly timeS: number; readonly place: string } {
    return highestOf(this, placeOfName("model", model, this.modelNames));
  }

  /**
   * One model's scores as a source estimate, NaN where nothing was scored. Throws `InvalidArgument` where places
   * overlap, as no source can have two scores, and where all sources were pooled.
   */
  toEstimates(model?: string): SourceEstimates {
    const { rows, vertices, kind, subject, tstepS } = this.#parts;
    const m = placeOfName("model", model, this.modelNames);
    if (rows.length === 0)
      throw new InvalidArgument(
        "scores",
        "of all sources at once",
        "give spatialRadiusM, or regions, for a map",
      );
    const nSources = vertices.reduce((sum, list) => sum + list.length, 0);
    const nTimes = this.times.length;
    const data = new Float64Array(nSources * nTimes).fill(NaN);
    const taken = new Set<number>();
    rows.forEach((sources, p) => {
      const start = (m * rows.length + p) * nTimes;
      for (const source of sources) {
        if (taken.has(source))
          throw new InvalidArgument(
            this.places[p],
            "shares sources with another region",
            "a map needs regions that do not overlap; use series()",
          );
        taken.add(source);
        data.set(this.scores.subarray(start, start + nTimes), source * nTimes);
      }
    });
    return new SourceEstimates({
      data: { data, shape: [1, nSources, nTimes] },
      vertices,
      kind,
      tminS: this.times[0],
      tstepS,
      subject,
    });
  }

  /** Other numbers in the same places, as percent of a ceiling are. */
  withNumbers(numbers: OtherNumbers): SourceScores {
    return new SourceScores({ ...this.#parts, ...numbers });
  }

  /** One row for each place and time: `time` (seconds), `place`, a column for each model. */
  toTable(): Table {
    return gridTable(this, "place");
  }

  [jupyterDisplay](): MimeBundle {
    const peaks = this.modelNames.map((model) => {
      const { score, timeS, place } = this.peak(model);
      return `${model}: ${score.toFixed(3)} at ${place}, ${timeS.toFixed(3)} s`;
    });
    const what = `RSA (${this.rsaMetric}) of ${this.nItems} items in ${this.places.length} places × ${this.times.length} times; highest:`;
    return {
      "text/plain": [what, ...peaks, ...this.notes.map((note) => `note: ${note}`)].join("\n"),
    };
  }
}
