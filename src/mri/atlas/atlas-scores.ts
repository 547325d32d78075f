import { jupyterDisplay, type Displayable, type MimeBundle } from "../../core/display.ts";
import { noted } from "../../core/noted.ts";
import { placeOfName } from "../../core/place-of-name.ts";
import type { OtherNumbers } from "../../rsa/weights/placed-scores.ts";
import type { Rdm } from "../../rdm/rdm.ts";
import { Table } from "../../table/table.ts";
import { positionsOf } from "../coordinates.ts";
import { gridOf } from "../grid.ts";
import { scoresTogether, withScores, type AtlasRegionScores } from "./region-scores.ts";
import { scoreMap, type Placement, type ScoreMap } from "../score-map.ts";

/** What scores of regions are made of. */
export interface AtlasScoresParts {
  readonly regions: readonly AtlasRegionScores[];
  readonly absent: readonly string[];
  readonly modelNames: readonly string[];
  readonly rsaMetric: string;
  readonly header: Placement;
  readonly notes?: readonly string[];
  /** Which regions are large enough. Default: those that have an RDM. */
  readonly isLarge?: readonly boolean[];
}

/** RSA scores of regions and models. Shows itself as a table. */
export class AtlasScores implements Displayable {
  /** Every region of the atlas that has voxels there, by number; those too small too. */
  readonly regions: readonly AtlasRegionScores[];
  /** Names of regions without a voxel in the atlas. */
  readonly absent: readonly string[];
  readonly modelNames: readonly string[];
  readonly rsaMetric: string;
  /** What to know about these scores. */
  readonly notes: readonly string[];
  readonly #header: Placement;
  readonly #isLarge: readonly boolean[];

  constructor(parts: AtlasScoresParts) {
    const { regions, absent, modelNames, rsaMetric, header, notes = [] } = parts;
    this.regions = regions;
    this.absent = absent;
    this.modelNames = modelNames;
    this.rsaMetric = rsaMetric;
    this.notes = notes;
    this.#header = header;
    this.#isLarge = parts.isLarge ?? regions.map(({ rdm }) => rdm !== undefined);
    Object.freeze(this);
  }

  /** Names of the regions. */
  get places(): readonly string[] {
    return this.regions.map(({ name }) => name);
  }

  /** nModels × nRegions, C order; NaN for a region that is too small. */
  get scores(): Float64Array {
    return scoresTogether(this.regions);
  }

  /** Other numbers in the same regions, as percent of a ceiling are; of no one RDM. */
  withNumbers({ scores, modelNames, rsaMetric, notes }: OtherNumbers): AtlasScores {
    const bare = this.regions.map((region) => ({ ...region, rdm: undefined }));
    return new AtlasScores({
      regions: withScores(bare, scores),
      absent: this.absent,
      header: this.#header,
      isLarge: this.#isLarge,
      ...{ modelNames, rsaMetric, notes },
    });
  }

  /** The RDMs of the regions that are large enough, called by their names. */
  get rdms(): readonly Rdm[] {
    return this.regions.flatMap(({ rdm }) => rdm ?? []);
  }

  /** The score of a region and a model. Throws `UnknownOption`. */
  score(region: string, model?: string): number {
    const at = placeOfName("region", region, this.places);
    return this.regions[at].scores[this.#modelAt(model)];
  }

  /** Regions × models for `plotHeatmap`: those that are large enough. */
  heatmap(): { rows: string[]; columns: string[]; values: number[][] } {
    const large = this.#large();
    return {
      rows: large.map(({ name }) => name),
      columns: [...this.modelNames],
      values: large.map(({ scores }) => Array.from(scores)),
    };
  }

  /** A model's scores in the voxels of their regions, 0 elsewhere; `writeNifti` writes it. */
  map(model?: string): ScoreMap {
    const at = this.#modelAt(model);
    const scored = this.#large();
    const voxels = Int32Array.from(scored.flatMap((region) => Array.from(region.voxels)));
    const values = scored.flatMap(({ voxels: own, scores }) =>
      new Array<number>(own.length).fill(scores[at]),
    );
    const name = this.modelNames[at];
    return scoreMap(
      this.#header,
      voxels,
      values,
      name,
      `RSA of regions, ${this.rsaMetric}: ${name}`,
    );
  }

  /**
   * A row a region and model: `label`, `region`, `model`, `score`, `voxels` that count, `voxelsInAtlas`, the `share` of
   * them, where the middle lies in mm, and why there is no score.
   */
  toTable(): Table {
    const rows = this.regions.flatMap((region, at) => {
      const middle = this.#middleOf(region.voxels);
      return this.modelNames.map((model, m) => ({
        region,
        model,
        score: region.scores[m],
        middle,
        reason: this.#isLarge[at] ? null : "size",
      }));
    });
    return new Table({
      label: rows.map(({ region }) => region.label),
      region: rows.map(({ region }) => region.name),
      model: rows.map(({ model }) => model),
      score: rows.map(({ score }) => score),
      voxels: rows.map(({ region }) => region.voxels.length),
      voxelsInAtlas: rows.map(({ region }) => region.nVoxelsInAtlas),
      share: rows.map(({ region }) => region.voxels.length / region.nVoxelsInAtlas),
      xMm: rows.map(({ middle }) => middle[0]),
      yMm: rows.map(({ middle }) => middle[1]),
      zMm: rows.map(({ middle }) => middle[2]),
      reason: rows.map(({ reason }) => reason),
    });
  }

  [jupyterDisplay](): MimeBundle {
    return noted(this.toTable()[jupyterDisplay](), this.notes);
  }

  #large(): readonly AtlasRegionScores[] {
    return this.regions.filter((_, at) => this.#isLarge[at]);
  }

  #modelAt(model: string | undefined): number {
    return placeOfName("model", model, this.modelNames);
  }

  #middleOf(voxels: Int32Array): readonly (number | null)[] {
    if (voxels.length === 0) return [null, null, null];
    const places = positionsOf(gridOf(this.#header), voxels);
    return [0, 1, 2].map((axis) => {
      let sum = 0;
      for (let at = axis; at < places.length; at += 3) sum += places[at];
      return sum / voxels.length;
    });
  }
}
