import { nearestTime } from "../core/times.ts";
import { jupyterDisplay, type Displayable, type MimeBundle } from "../core/display.ts";
import { InvalidArgument } from "../core/errors.ts";
import { placeOfName } from "../core/place-of-name.ts";
import { GroupScores } from "../meg/group-scores.ts";
import { SensorScores } from "../meg/sensor-scores.ts";
import { nVoxelsOf, type Grid, type Volume } from "../mri/grid.ts";

/** What a fusion is made of. */
export interface FusionParts {
  /** nPeople × nRegions × nTimes, C order. */
  readonly scores: Float64Array;
  /** For each model the share that MEG, region and model have in common: nPeople × nRegions × nTimes, C order. */
  readonly common: readonly Float64Array[];
  readonly people: readonly string[];
  readonly regions: readonly string[];
  readonly models: readonly string[];
  readonly times: Float64Array;
  readonly rsaMetric: string;
  readonly nItems: number;
  readonly notes: readonly string[];
  /** Where spheres lie: their grid, and the voxel in the centre of each. Undefined for regions. */
  readonly space?: { readonly grid: Grid; readonly centres: Int32Array };
}

/** How alike MEG RDMs over time and fMRI RDMs over space are. Immutable; `fuse` makes it. */
export class Fusion implements Displayable {
  /** nPeople × nRegions × nTimes, C order. */
  readonly scores: Float64Array;
  /** People whose MEG was fused; `mean` where it was one sequence. */
  readonly people: readonly string[];
  readonly regions: readonly string[];
  /** Models whose common share was asked for. */
  readonly models: readonly string[];
  readonly times: Float64Array;
  readonly rsaMetric: string;
  readonly nItems: number;
  readonly notes: readonly string[];
  readonly #parts: FusionParts;

  constructor(parts: FusionParts) {
    this.#parts = parts;
    this.scores = parts.scores;
    this.people = parts.people;
    this.regions = parts.regions;
    this.models = parts.models;
    this.times = parts.times;
    this.rsaMetric = parts.rsaMetric;
    this.nItems = parts.nItems;
    this.notes = parts.notes;
    Object.freeze(this);
  }

  /** One curve a region, of a person (the only one need not be named), as scores over time. */
  of(person?: string): SensorScores {
    return this.#scoresOf(this.scores, this.rsaMetric, person);
  }

  /** Curves of all people, ready for tests over them. */
  group(): GroupScores {
    return this.#groupOf(this.scores, this.rsaMetric);
  }

  /**
   * The share of variance that MEG, region and model have in common, one curve a region (Hebart 2018); may be negative.
   * The only model or person need not be named. Throws `UnknownOption` for a model that was not asked for.
   */
  common(model?: string, person?: string): SensorScores {
    const m = placeOfName("model", model, this.models);
    return this.#scoresOf(this.#parts.common[m], `share common with ${this.models[m]}`, person);
  }

  /** Common shares of all people, ready for tests over them. */
  commonGroup(model?: string): GroupScores {
    const m = placeOfName("model", model, this.models);
    return this.#groupOf(this.#parts.common[m], `share common with ${this.models[m]}`);
  }

  /** The map of the time nearest to `timeS`, of a person; `NaN` outside. Throws `InvalidArgument` where regions were fused. */
  map(timeS: number, person?: string): Volume & { readonly data: Float32Array } {
    const { space } = this.#parts;
    if (space === undefined)
      throw new InvalidArgument(
        "fMRI",
        "regions",
        "only spheres, as rdmNifti gives them, make a map",
      );
    const at = nearestTime(this.times, timeS);
    const [nT, nR] = [this.times.length, this.regions.length];
    const from = placeOfName("person", person, this.people) * nR * nT;
    const data = new Float32Array(nVoxelsOf(space.grid)).fill(NaN);
    space.centres.forEach((voxel, region) => (data[voxel] = this.scores[from + region * nT + at]));
    return { data, shape: space.grid.shape, affine: space.grid.affine };
  }

  [jupyterDisplay](): MimeBundle {
    const { people, regions, times, rsaMetric, notes } = this;
    const head = `Fusion (${rsaMetric}): MEG of ${people.length === 1 ? people[0] : `${people.length} people`} at ${times.length} times × ${regions.length} places of fMRI`;
    return { "text/plain": [head, ...notes.map((note) => `note: ${note}`)].join("\n") };
  }

  #scoresOf(all: Float64Array, rsaMetric: string, person: string | undefined): SensorScores {
    const at = placeOfName("person", person, this.people);
    const size = this.regions.length * this.times.length;
    return new SensorScores({
      scores: all.slice(at * size, (at + 1) * size),
      modelNames: this.regions,
      channels: ["rsa"],
      times: this.times,
      rsaMetric,
      nItems: this.nItems,
      notes: this.notes,
    });
  }

  #groupOf(scores: Float64Array, rsaMetric: string): GroupScores {
    const { people, regions, times, nItems, notes } = this;
    return new GroupScores({
      scores,
      people,
      modelNames: regions,
      channels: ["rsa"],
      times,
      rsaMetric,
      leftOut: [],
      nItems: people.map(() => nItems),
      notes,
    });
  }
}
