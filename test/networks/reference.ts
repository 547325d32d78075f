import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Matrix } from "../../src/core/matrix.ts";
import { asMatrix, readNpz, type NpyArray } from "../../src/io/index.ts";

/** A small model, what went into it and every tensor it made. */
export interface ReferenceModel {
  readonly inputs: readonly { readonly name: string; readonly key: string }[];
  readonly tensors: readonly {
    readonly tensor: string;
    readonly shape: readonly number[];
    readonly dtype: string;
    readonly key: string;
  }[];
}

export const modelFolder = join(import.meta.dirname, "../fixtures/onnx");

export const referenceModels = JSON.parse(
  readFileSync(join(modelFolder, "models.json"), "utf8"),
) as Readonly<Record<string, ReferenceModel>>;

let read: Promise<Map<string, NpyArray>> | undefined;

/** A tensor of the reference by its key, as numbers. */
export async function referenceTensor(key: string): Promise<Matrix> {
  read ??= readNpz(join(modelFolder, "activations.npz"));
  const array = (await read).get(key);
  if (array === undefined) throw new Error(`no ${key}`);
  return asMatrix(array);
}
