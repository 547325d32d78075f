import { jupyterDisplay, type Displayable, type MimeBundle } from "../core/display.ts";
import { InvalidArgument } from "../core/errors.ts";
import { finite, numbers, text, texts } from "../core/gate/kinds.ts";
import { checkOptions } from "../core/gate/options.ts";
import { placeOfName } from "../core/place-of-name.ts";
import type { Matrix } from "../core/matrix.ts";
import type { LabelledObservations } from "../stats/permutation/labelled-observations.ts";
import { nVoxelsOf, type Grid } from "./grid.ts";
import type { ScoreMap } from "./score-map.ts";

/** What a stack of people's maps is made of. */
export interface MapStackParts {
  /** nPeople × nModels × nVoxels, C order. */
  readonly scores: Float64Array;
  readonly people: readonly string[];
  readonly modelNames: readonly string[];
  readonly rsaMetric: string;
  /** A map of the first person, whose place in space new maps take. */
  readonly template: ScoreMap;
  readonly grid: Grid;
  /** Numbers of the voxels that all people have, ascending. */
  readonly centres: Int32Array;
  readonly notes: readonly string[];
}

/** Maps of people on one grid, with the voxels that all have. Immutable; {@link stackMaps} makes it. */
export class MapStack implements Displayable {
  /** nPeople × nModels × nVoxels, C order. */
  readonly scores: Float64Array;
  readonly people: readonly string[];
  readonly modelNames: readonly string[];
  readonly rsaMetric: string;
  readonly grid: Grid;
  /** Numbers of the voxels that all people have, in C order, ascending. */
  readonly centres: Int32Array;
  /** What to know about this stack, for example which voxels were left out. */
  readonly notes: readonly string[];
  readonly #template: ScoreMap;

  constructor(parts: MapStackParts) {
    this.scores = parts.scores;
    this.people = parts.people;
    this.modelNames = parts.modelNames;
    this.rsaMetric = parts.rsaMetric;
    this.grid = parts.grid;
    this.centres = parts.centres;
    this.notes = parts.notes;
    this.#template = parts.template;
    Object.freeze(this);
  }

  /** One model's scores as a test takes them: people × voxels. The only model need not be named. */
  observations(model?: string): LabelledObservations {
    const m = placeOfName("model", model, this.modelNames);
    const [nModels, size] = [this.modelNames.length, this.centres.length];
    const data = new Float64Array(this.people.length * size);
    this.people.forEach((_, person) => {
      const from = (person * nModels + m) * size;
      data.set(this.scores.subarray(from, from + size), person * size);
    });
    return { data, shape: [this.people.length, size], axes: ["people", "voxels"] };
  }

  /** Some of the people, by name, in the order given. Throws `UnknownOption`. */
  only(people: readonly string[]): MapStack {
    texts(people, "people");
    const size = this.modelNames.length * this.centres.length;
    const scores = new Float64Array(people.length * size);
    people.forEach((name, at) => {
      const from = placeOfName("person", name, this.people) * size;
      scores.set(this.scores.subarray(from, from + size), at * size);
    });
    return new MapStack({ ...this, grid: this.grid, template: this.#template, scores, people });
  }

  /** The voxels that all people have, as a mask: what tells a cluster test who lies beside whom. */
  get mask(): Matrix<Uint8Array> {
    const data = new Uint8Array(nVoxelsOf(this.grid));
    for (const voxel of this.centres) data[voxel] = 1;
    return { data, shape: this.grid.shape };
  }

  /** The mean over people as a map: NaN where a person has no score, 0 outside. */
  mean(model?: string): ScoreMap {
    const { data, shape } = this.observations(model);
    const [nPeople, size] = shape;
    const mean = new Float64Array(size);
    data.forEach((score, k) => (mean[k % size] += score));
    const name = this.modelNames[placeOfName("model", model, this.modelNames)];
    return this.volume(
      mean.map((sum) => sum / nPeople),
      { name, description: `mean of ${nPeople} people: ${name}` },
    );
  }

  /** Values of the voxels that all have, in the order of `centres`, as a map. Throws `InvalidArgument` for another number of them. */
  volume(
    values: ArrayLike<number>,
    options: { name: string; description: string; outside?: number },
  ): ScoreMap {
    checkOptions(options, { name: text, description: text, outside: finite });
    numbers(values, "values");
    const { name, description, outside = 0 } = options;
    if (values.length !== this.centres.length)
      throw new InvalidArgument(
        "values",
        `${values.length} values`,
        `give ${this.centres.length}, one for each voxel that all people have`,
      );
    const data = new Float32Array(nVoxelsOf(this.grid)).fill(outside);
    this.centres.forEach((voxel, at) => (data[voxel] = values[at]));
    return { ...this.#template, name, data, description };
  }

  [jupyterDisplay](): MimeBundle {
    const { people, modelNames, centres, rsaMetric, notes } = this;
    const head = `Maps of ${people.length} people (${rsaMetric}): ${modelNames.join(", ")}; ${centres.length} voxels in common`;
    return { "text/plain": [head, ...notes.map((note) => `note: ${note}`)].join("\n") };
  }
}
