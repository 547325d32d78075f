import { jupyterDisplay, type Displayable, type MimeBundle } from "../core/display.ts";
import { object } from "../core/gate/kinds.ts";
import type { Matrix } from "../core/matrix.ts";
import { placeOfName } from "../core/place-of-name.ts";
import type { CiftiAxis } from "../io/cifti/index.ts";
import type { OtherNumbers } from "../rsa/weights/placed-scores.ts";
import { placeOfHighest } from "../stats/place-of-highest.ts";
import type { Cell } from "../table/columns.ts";
import { Table } from "../table/table.ts";
import { sides, type Halves } from "./hemispheres.ts";
import { parcelsAmong, type Parcels } from "./parcels.ts";
import { vertexNames, type SurfaceVertices } from "./surface-vertices.ts";

/** What maps on the cortex are made of. */
export interface SurfaceMapsParts {
  /** nModels × nPlaces, C order. */
  readonly scores: Float64Array;
  readonly modelNames: readonly string[];
  readonly places: readonly string[];
  /** Vertices of each patch. */
  readonly sizes: Int32Array;
  /** For each patch the vertices (places among those with data) that its score stands for. */
  readonly stands: readonly Int32Array[];
  readonly vertices: SurfaceVertices;
  readonly meshSizes: { readonly left: number; readonly right: number };
  readonly metric: string;
  readonly rsaMetric: string;
  readonly nItems: number;
  readonly notes: readonly string[];
}

/** RSA scores of every model on the cortex: around vertices, in parcels, or of all at once. Immutable. */
export class SurfaceMaps implements Displayable {
  /** nModels × nPlaces, C order; NaN where a score is not defined. */
  readonly scores: Float64Array;
  readonly modelNames: readonly string[];
  /** `left 12`, `left fusiform`, or `rsa` where all vertices were one patch. */
  readonly places: readonly string[];
  /** Vertices of each patch. */
  readonly sizes: Int32Array;
  readonly metric: string;
  readonly rsaMetric: string;
  readonly nItems: number;
  /** What to know about these scores. */
  readonly notes: readonly string[];
  readonly #parts: SurfaceMapsParts;

  /** Use {@link rsaSurface}. */
  constructor(parts: SurfaceMapsParts) {
    this.scores = parts.scores;
    this.modelNames = parts.modelNames;
    this.places = parts.places;
    this.sizes = parts.sizes;
    this.metric = parts.metric;
    this.rsaMetric = parts.rsaMetric;
    this.nItems = parts.nItems;
    this.notes = parts.notes;
    this.#parts = parts;
    Object.freeze(this);
  }

  /** A model's score at every vertex of both meshes, NaN where there is none: what `plotSurfaceMap` draws. */
  map(model?: string): Halves<Float64Array> {
    const values = this.#scoresOf(model);
    const { stands, vertices, meshSizes } = this.#parts;
    const halves = {
      left: new Float64Array(meshSizes.left),
      right: new Float64Array(meshSizes.right),
    };
    halves.left.fill(NaN);
    halves.right.fill(NaN);
    stands.forEach((places, patch) => {
      for (const at of places) halves[vertices.side[at]][vertices.vertex[at]] = values[patch];
    });
    return {
      ...(meshSizes.left > 0 && { left: halves.left }),
      ...(meshSizes.right > 0 && { right: halves.right }),
    };
  }

  /** Other numbers in the same places, as percent of a ceiling are. */
  withNumbers(numbers: OtherNumbers): SurfaceMaps {
    return new SurfaceMaps({ ...this.#parts, ...numbers });
  }

  /** The score of a place. Throws `UnknownOption`. */
  score(place: string, model?: string): number {
    return this.#scoresOf(model)[placeOfName("place", place, this.places)];
  }

  /** Where a model scores highest; NaN when it has no score. */
  peak(model?: string): { readonly score: number; readonly place: string } {
    const scores = this.#scoresOf(model);
    const best = placeOfHighest(scores);
    return { score: scores[best], place: this.places[best] };
  }

  /**
   * One row a parcel: `parcel`, `vertices` that have a score, and of the model their `mean`, the `peak` and `at` which
   * vertex it is. Throws as {@link rsaSurface} for parcels of another mesh.
   */
  byParcel(parcels: Parcels, model?: string): Table {
    object(parcels, "parcels");
    const { stands, vertices } = this.#parts;
    const scores = this.#scoresOf(model);
    const scoreAt = new Float64Array(vertices.vertex.length).fill(NaN);
    stands.forEach((places, patch) => {
      for (const at of places) scoreAt[at] = scores[patch];
    });
    const names = vertexNames(vertices);
    const rows = parcelsAmong(parcels, vertices).map(({ name, places }) => {
      const known = Array.from(places).filter((at) => !Number.isNaN(scoreAt[at]));
      const sum = known.reduce((total, at) => total + scoreAt[at], 0);
      const best = known.reduce<number | undefined>(
        (top, at) => (top === undefined || scoreAt[at] > scoreAt[top] ? at : top),
        undefined,
      );
      return { name, n: known.length, mean: sum / known.length, best };
    });
    return new Table({
      parcel: rows.map(({ name }): Cell => name),
      vertices: rows.map(({ n }) => n),
      mean: rows.map(({ mean }) => mean),
      peak: rows.map(({ best }) => (best === undefined ? NaN : scoreAt[best])),
      at: rows.map(({ best }) => (best === undefined ? null : names[best])),
    });
  }

  /** All models' scores at the vertices with data, NaN where there is none: what `writeCifti` writes. */
  toCifti(): { values: Matrix<Float64Array>; axes: readonly [CiftiAxis, CiftiAxis] } {
    const { stands, vertices, meshSizes } = this.#parts;
    const width = vertices.vertex.length;
    const data = new Float64Array(this.modelNames.length * width).fill(NaN);
    this.modelNames.forEach((name, m) => {
      const scores = this.#scoresOf(name);
      stands.forEach((places, patch) => {
        for (const at of places) data[m * width + at] = scores[patch];
      });
    });
    const models = sides.flatMap((side) => {
      const own = vertices.vertex.filter((_, at) => vertices.side[at] === side);
      const start = side === "left" ? 0 : width - own.length;
      const structure = side === "left" ? "CORTEX_LEFT" : "CORTEX_RIGHT";
      const mesh = { nSurfaceVertices: meshSizes[side], voxels: undefined };
      return own.length === 0
        ? []
        : [{ structure, start, count: own.length, vertices: own, ...mesh }];
    });
    return {
      values: { data, shape: [this.modelNames.length, width] },
      axes: [
        { kind: "scalars", names: [...this.modelNames] },
        { kind: "brain", models, volume: undefined },
      ],
    };
  }

  /** One row a place: `place`, `vertices` of its patch, and a column for each model. */
  toTable(): Table {
    const columns: [string, Cell[]][] = [
      ["place", [...this.places]],
      ["vertices", Array.from(this.sizes)],
    ];
    for (const name of this.modelNames) columns.push([name, Array.from(this.#scoresOf(name))]);
    return new Table(new Map(columns));
  }

  [jupyterDisplay](): MimeBundle {
    const peaks = this.modelNames.map((model) => {
      const { score, place } = this.peak(model);
      return `${model}: ${score.toFixed(3)} at ${place}`;
    });
    const what = `RSA (${this.rsaMetric} of ${this.metric} RDMs) of ${this.nItems} items in ${this.places.length} places on the cortex; highest:`;
    return {
      "text/plain": [what, ...peaks, ...this.notes.map((note) => `note: ${note}`)].join("\n"),
    };
  }

  #scoresOf(model: string | undefined): Float64Array {
    const m = placeOfName("model", model, this.modelNames);
    return this.scores.subarray(m * this.places.length, (m + 1) * this.places.length);
  }
}
