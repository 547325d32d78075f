import { openSource } from "../core/open-source.ts";
import type { FileInput } from "../core/byte-source.ts";
import { FileFormatError } from "../core/errors.ts";
import type { Matrix } from "../core/matrix.ts";
import { asMatrix, asStrings, npzBytes, readNpz, writeNpz } from "../io/index.ts";
import type { PairModel, PairModelKind } from "./pair-model.ts";
import { checkPairModel, pairModelKinds } from "./predict-pairs.ts";

/** The array that holds kind and settings as JSON; no learned array has its name. */
const HEAD = "model.json";

/**
 * Save a trained model as `.npz`: what was learned as arrays that numpy reads too, kind and settings as JSON text in
 * `model.json`. {@link readPairModel} reads it.
 *
 * @example
 * import { pairModelBytes } from "tsrsa";
 * // await savePairModel("v1-ridge.npz", result.folds[0].model) writes the same as
 * const file = await pairModelBytes({ kind: "distance", settings: {}, arrays: {} });
 */
export async function savePairModel(path: string | URL, model: PairModel): Promise<void> {
  await writeNpz(path, arraysOf(model));
}

/**
 * The bytes of a saved model; see {@link savePairModel}.
 *
 * @example
 * import { pairModelBytes, readPairModel } from "tsrsa";
 * const line = { data: Float64Array.of(2, 1), shape: [2] };
 * const file = await pairModelBytes({ kind: "distance", settings: { metric: "euclidean" }, arrays: { line } });
 * (await readPairModel(file)).settings; // { metric: 'euclidean' }
 */
export async function pairModelBytes(model: PairModel): Promise<Uint8Array> {
  return npzBytes(arraysOf(model));
}

function arraysOf(model: PairModel) {
  checkPairModel(model);
  const { kind, settings, arrays } = model;
  return { [HEAD]: [JSON.stringify({ kind, settings })], ...arrays };
}

/**
 * Read a model that {@link savePairModel} saved. Throws `FileFormatError` when it is none, and what `readNpz` throws.
 *
 * @example
 * import { readPairModel } from "tsrsa";
 * const model = (path: string) => readPairModel(path);
 */
export async function readPairModel(input: FileInput): Promise<PairModel> {
  const name = await nameOf(input);
  const found = await readNpz(input);
  const head = found.get(HEAD);
  if (head === undefined || head.kind !== "string")
    throw new FileFormatError(name, HEAD, "kind and settings of a model", "nothing", {
      advice: "it was not written by savePairModel",
    });
  const { kind, settings } = parseHead(asStrings(head).join(""), name);
  found.delete(HEAD);
  const arrays: Record<string, Matrix<Float64Array>> = {};
  for (const [key, array] of found) {
    const { data, shape } = asMatrix(array);
    arrays[key] = { data: Float64Array.from(data), shape };
  }
  checkComplete(kind, arrays, name);
  return { kind, settings, arrays };
}

async function nameOf(input: FileInput): Promise<string> {
  const source = await openSource(input);
  await source.close();
  return source.name;
}

function parseHead(text: string, file: string): Pick<PairModel, "kind" | "settings"> {
  let head: Partial<Pick<PairModel, "kind" | "settings">> | null;
  try {
    head = JSON.parse(text) as typeof head;
  } catch (cause) {
    throw new FileFormatError(file, HEAD, "JSON", text.slice(0, 40), { cause });
  }
  const { kind, settings } = head ?? {};
  if (kind === undefined || !pairModelKinds.includes(kind))
    throw new FileFormatError(file, "kind", pairModelKinds.join(", "), String(kind));
  if (typeof settings !== "object" || settings === null)
    throw new FileFormatError(file, "settings", "an object", String(settings));
  return { kind, settings };
}

/** What each kind cannot do without. */
const NEEDED: Readonly<Record<PairModelKind, readonly string[]>> = {
  distance: ["line"],
  ridge: ["mean", "scale", "weights", "intercept"],
  svr: ["mean", "scale", "weights", "target"],
  "kernel-ridge": ["mean", "scale", "images", "dual", "middle"],
  mlp: ["mean", "scale", "target", "weights0", "bias0"],
  contrastive: ["mean", "scale", "weights", "line"],
  "siamese-cnn": [
    ...["pixel", "target", "inputShape", "stride", "kernel0", "kernelBias0", "kernel1"],
    ...["kernelBias1", "codeWeights", "codeBias", "headWeights", "headBias"],
  ],
};

function checkComplete(kind: PairModelKind, arrays: PairModel["arrays"], file: string): void {
  const missing = NEEDED[kind].find((name) => arrays[name] === undefined);
  if (missing !== undefined)
    throw new FileFormatError(file, `array ${missing}`, `what a ${kind} learned`, "nothing");
}
