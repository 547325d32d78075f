import type { Matrix } from "../../core/matrix.ts";
import { asMatrix, readNpz, writeNpz } from "../../io/index.ts";
import { sha256 } from "../../core/sha256.ts";

/** The rows of one image: one a layer, and what the layer was before it was reduced. */
export interface ImageRows {
  readonly rows: readonly Float32Array[];
  readonly shapes: readonly (readonly number[])[];
}

/** Raised whenever the same settings give other rows: entries of before are then not found. */
const version = 3;

/** Rows of images on disk, by the hash of all they depend on. */
export class RowCache {
  readonly #folder: string;
  readonly #settings: string;
  readonly #nLayers: number;

  /** @param settings - everything but the image that the rows depend on. */
  constructor(folder: string, settings: unknown, nLayers: number) {
    this.#folder = folder;
    this.#settings = JSON.stringify([version, settings]);
    this.#nLayers = nLayers;
  }

  /** The rows of an image that were kept; undefined for none, and for a file that is damaged. */
  async find(imageHash: string): Promise<ImageRows | undefined> {
    try {
      const arrays = await readNpz(await this.#path(imageHash));
      const all = Array.from({ length: this.#nLayers }, (_, layer) => {
        const [row, shape] = [arrays.get(`row${layer}`), arrays.get(`shape${layer}`)];
        return row === undefined || shape === undefined
          ? undefined
          : { row: Float32Array.from(asMatrix(row).data), shape: [...asMatrix(shape).data] };
      });
      if (!all.every((one) => one !== undefined)) return undefined;
      return { rows: all.map(({ row }) => row), shapes: all.map(({ shape }) => shape) };
    } catch {
      return undefined;
    }
  }

  /** Keep the rows of an image. */
  async keep(imageHash: string, { rows, shapes }: ImageRows): Promise<void> {
    const arrays: Record<string, Matrix> = {};
    rows.forEach((data, layer) => (arrays[`row${layer}`] = { data, shape: [data.length] }));
    shapes.forEach((shape, layer) => {
      arrays[`shape${layer}`] = { data: Float64Array.from(shape), shape: [shape.length] };
    });
    await writeNpz(await this.#path(imageHash), arrays);
  }

  async #path(imageHash: string): Promise<string> {
    const key = await sha256(new TextEncoder().encode(`${imageHash}\n${this.#settings}`));
    return `${this.#folder}/${key}.npz`;
  }
}
