import { jupyterDisplay, type Displayable, type MimeBundle } from "../../core/display.ts";
import { UnknownOption } from "../../core/errors.ts";
import type { Matrix } from "../../core/matrix.ts";
import { paragraphs } from "../../core/text.ts";
import type { EvalResult } from "../../rsa/index.ts";
import {
  adjustPValues,
  correctionWords,
  type PValueCorrection,
} from "../../stats/adjust-p-values.ts";
import type { Cell } from "../../table/columns.ts";
import { Table } from "../../table/table.ts";
import { bestLayer, type BestLayer } from "./best-layer.ts";

/** What layers and a region have in common: the whole evaluation, and the best layer. */
export interface RegionScores {
  readonly region: string;
  /** Means, errors, ceiling and tests of all layers. */
  readonly evaluation: EvalResult;
  readonly best: BestLayer;
}

/** Layers of a network against regions of the brain; made by {@link rsaLayers}. */
export class LayerScores implements Displayable {
  /** In the order of depth. */
  readonly layers: readonly string[];
  readonly regions: readonly RegionScores[];
  /** How RDMs were compared. */
  readonly method: string;
  readonly correction: PValueCorrection;
  readonly notes: readonly string[];
  /** p values against zero, regions × layers, corrected over the whole table; NaN where there was no test. */
  readonly pValues: Matrix<Float64Array>;

  constructor(
    layers: readonly string[],
    evaluations: ReadonlyMap<string, EvalResult>,
    correction: PValueCorrection,
  ) {
    this.layers = layers;
    this.regions = [...evaluations].map(([region, evaluation]) => ({
      region,
      evaluation,
      best: bestOf(layers, evaluation),
    }));
    const [first] = this.regions;
    this.method = first.evaluation.method;
    this.correction = correction;
    const p = this.regions.flatMap(({ evaluation }) => [
      ...(evaluation.tests?.zero.p ?? new Float64Array(layers.length).fill(NaN)),
    ]);
    this.pValues = {
      data: adjustPValues(p, correction),
      shape: [this.regions.length, layers.length],
    };
    this.notes = [
      ...new Set(
        this.regions.flatMap(({ region, evaluation }) =>
          evaluation.notes.map((note) => `${region}: ${note}`),
        ),
      ),
    ];
  }

  /** One region by name. Throws `UnknownOption`. */
  region(name: string): RegionScores {
    const found = this.regions.find(({ region }) => region === name);
    if (found !== undefined) return found;
    throw new UnknownOption(
      "region",
      name,
      this.regions.map(({ region }) => region),
    );
  }

  /** Mean scores, regions × layers. */
  means(): Matrix<Float64Array> {
    const data = Float64Array.from(this.regions.flatMap(({ evaluation }) => [...evaluation.means]));
    return { data, shape: [this.regions.length, this.layers.length] };
  }

  /** One row a region and layer: mean, error, p value, ceiling and the share of its lower end that is reached. */
  toTable(): Table {
    const rows = this.regions.flatMap(({ region, evaluation }, r) =>
      this.layers.map((layer, l) => ({ region, evaluation, layer, l, r })),
    );
    const column = (of: (row: (typeof rows)[number]) => Cell): Cell[] => rows.map(of);
    return new Table({
      region: column(({ region }) => region),
      layer: column(({ layer }) => layer),
      mean: column(({ evaluation, l }) => evaluation.means[l]),
      sem: column(({ evaluation, l }) => evaluation.sem?.[l] ?? NaN),
      p: column(({ r, l }) => this.pValues.data[r * this.layers.length + l]),
      "ceiling lower": column(({ evaluation }) => evaluation.noiseCeiling?.lower ?? NaN),
      "ceiling upper": column(({ evaluation }) => evaluation.noiseCeiling?.upper ?? NaN),
      "share of ceiling": column(({ evaluation, l }) => shareOf(evaluation, l)),
    });
  }

  /** One row a region: the layer that is best over all, and what subjects score that had no part in the choice. */
  bestTable(): Table {
    const column = (of: (row: RegionScores) => Cell): Cell[] => this.regions.map(of);
    return new Table({
      region: column(({ region }) => region),
      "best layer": column(({ best }) => best.layer ?? null),
      mean: column(({ best }) => best.mean),
      "cross-validated": column(({ best }) => best.crossValidated),
      sem: column(({ best }) => best.sem),
      chosen: column(({ best }) =>
        Object.entries(best.chosen)
          .map(([layer, count]) => `${layer} ${count} ×`)
          .join(", "),
      ),
      "ceiling lower": column(({ evaluation }) => evaluation.noiseCeiling?.lower ?? NaN),
      "ceiling upper": column(({ evaluation }) => evaluation.noiseCeiling?.upper ?? NaN),
    });
  }

  /** What `plotHeatmap` draws: regions × layers, with stars by the corrected p values. */
  heatmap(): { rows: string[]; columns: string[]; values: Matrix; pValues: Matrix } {
    return {
      rows: this.regions.map(({ region }) => region),
      columns: [...this.layers],
      values: this.means(),
      pValues: this.pValues,
    };
  }

  /** What `plotProfiles` draws, with `layers` as steps: a line a region, a circle a subject. */
  profiles(): { name: string; values: Float64Array; subjects: Matrix }[] {
    return this.regions.map(({ region, evaluation }) => ({
      name: region,
      values: evaluation.means,
      subjects: subjectsOf(evaluation),
    }));
  }

  /** Test and correction in the words of a figure legend. */
  get words(): string {
    const tests = this.regions.map(({ evaluation }) => evaluation.tests).find(Boolean);
    if (tests === undefined) return "no test";
    // What corrects the tests of one region does not correct those of the table.
    const test = tests.words.replace(`, ${correctionWords(tests.correction)}`, "");
    const count = this.pValues.data.filter((p) => !Number.isNaN(p)).length;
    return `${test}, ${correctionWords(this.correction)} over ${count} tests`;
  }

  [jupyterDisplay](): MimeBundle {
    const [best, all] = [this.bestTable(), this.toTable()].map((table) => table[jupyterDisplay]());
    const notes = paragraphs(this.notes);
    return {
      "text/html": `${String(best["text/html"])}${String(all["text/html"])}${notes}`,
      "text/plain": [best["text/plain"], all["text/plain"], ...this.notes].map(String).join("\n"),
    };
  }
}

/** The score as a share of the lower ceiling; NaN where that is no mark to reach. */
function shareOf({ noiseCeiling, means, direction }: EvalResult, layer: number): number {
  const lower = noiseCeiling?.lower ?? NaN;
  return direction === "similarity" && lower > 0 ? means[layer] / lower : NaN;
}

function bestOf(layers: readonly string[], evaluation: EvalResult): BestLayer {
  const { data, shape } = evaluation.scores;
  const n = shape[2];
  const scores = layers.map((_, l) => data.slice(l * n, (l + 1) * n));
  return bestLayer(layers, scores, evaluation.direction === "similarity" ? 1 : -1);
}

/** Subjects × layers. */
function subjectsOf({ scores }: EvalResult): Matrix {
  const [, nLayers, n] = scores.shape;
  const data = Float64Array.from({ length: n * nLayers }, (_, at) => {
    const [subject, layer] = [Math.floor(at / nLayers), at % nLayers];
    return scores.data[layer * n + subject];
  });
  return { data, shape: [n, nLayers] };
}
