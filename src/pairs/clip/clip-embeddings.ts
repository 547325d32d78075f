import { list, text } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames, jobNames } from "../../core/gate/options.ts";
import { fileExists } from "#platform/files";
import {
  loadOnnx,
  openModel,
  type OnnxRuntime,
  type OnnxSession,
  type OnnxTensor,
} from "../../compute/onnx-runtime.ts";
import { nextTurn } from "#platform/threads";
import { InvalidArgument, MissingFile, ShapeMismatch, Unsupported } from "../../core/errors.ts";
import { throwIfCancelled, type JobOptions } from "../../core/job.ts";
import type { Matrix } from "../../core/matrix.ts";
import { reporter } from "../../core/progress.ts";
import type { Image } from "../../io/index.ts";
import { CLIP_SIDE, clipPixels } from "./clip-pixels.ts";

/** Embeddings of images by two layers of CLIP, one row an image. */
export interface ClipEmbeddings {
  /** Where text is, too: 512 numbers for ViT-B/32. */
  readonly projected: Matrix<Float32Array>;
  /** Before the projection: 768 numbers for ViT-B/32. */
  readonly visual: Matrix<Float32Array>;
}

/** Images that go through the network at once. */
const BATCH = 8;

const clipNames: OptionNames<JobOptions> = jobNames;

/**
 * Embeddings of images by an ONNX model of CLIP's visual part (`tsrsa data fetch clip-vit-b32`). Needs the optional
 * package `onnxruntime-node`. Projected: the model's output `image_embeds`; visual: `pooler_output`, or the class token
 * of `last_hidden_state`.
 *
 * @param model - path of the `.onnx` file.
 * @throws MissingPackage; MissingFile, which says how to fetch the model; FileFormatError; Unsupported when the model
 *   lacks one of the layers; InvalidArgument for no images; Cancelled.
 * @example
 * import { clipEmbeddings, type Image } from "tsrsa";
 * const embed = (images: Image[]) => clipEmbeddings(images, "vision_model.onnx");
 */
export async function clipEmbeddings(
  images: readonly Image[],
  model: string,
  options: JobOptions = {},
): Promise<ClipEmbeddings> {
  checkOptions(options, clipNames);
  list(images, "images");
  text(model, "model");
  if (images.length === 0) throw new InvalidArgument("images", "none", "give at least one");
  if (!(await fileExists(model)))
    throw new MissingFile(model, "fetch the model (352 MB) with: tsrsa data fetch clip-vit-b32");
  const onnx = await loadOnnx();
  const session = await openModel(
    onnx,
    model,
    {},
    { advice: "fetch it again: tsrsa data fetch clip-vit-b32" },
  );
  try {
    return await embedAll(onnx, session, images, options);
  } finally {
    await session.release();
  }
}

async function embedAll(
  onnx: OnnxRuntime,
  session: OnnxSession,
  images: readonly Image[],
  options: JobOptions,
): Promise<ClipEmbeddings> {
  const layers = layersOf(session);
  const line = reporter(options, "embedding images", images.length);
  const rows: Record<keyof ClipEmbeddings, Float32Array[]> = { projected: [], visual: [] };
  for (let from = 0; from < images.length; from += BATCH) {
    throwIfCancelled(options.signal, "embedding images");
    const some = images.slice(from, from + BATCH);
    const out = await session.run({ [session.inputNames[0]]: inputOf(onnx, some) });
    rows.projected.push(...rowsOf(out[layers.projected], some.length));
    rows.visual.push(...rowsOf(out[layers.visual], some.length));
    line.update(from + some.length);
    await nextTurn();
  }
  line.finish();
  return { projected: stacked(rows.projected), visual: stacked(rows.visual) };
}

function layersOf({ outputNames }: OnnxSession): Record<keyof ClipEmbeddings, string> {
  const find = (names: readonly string[]) => names.find((name) => outputNames.includes(name));
  const projected = find(["image_embeds"]);
  const visual = find(["pooler_output", "last_hidden_state"]);
  if (projected === undefined || visual === undefined)
    throw new Unsupported(
      `the model gives ${outputNames.join(", ")}, but image_embeds and either pooler_output or last_hidden_state are needed`,
      "export CLIPVisionModelWithProjection with its hidden states, or give embeddings as .npz",
    );
  return { projected, visual };
}

function inputOf(onnx: OnnxRuntime, images: readonly Image[]): OnnxTensor {
  const size = 3 * CLIP_SIDE * CLIP_SIDE;
  const data = new Float32Array(images.length * size);
  images.forEach((image, at) => data.set(clipPixels(image), at * size));
  return new onnx.Tensor("float32", data, [images.length, 3, CLIP_SIDE, CLIP_SIDE]);
}

/** One row an image; of a row a token, the first is the class token. */
function rowsOf({ data, dims }: OnnxTensor, nImages: number): Float32Array[] {
  const width = dims.at(-1) ?? 0;
  if (dims[0] !== nImages || dims.length < 2 || dims.length > 3)
    throw new ShapeMismatch(`${nImages} rows of the model, one an image`, dims.join(" × "));
  const each = data.length / nImages;
  return Array.from({ length: nImages }, (_, at) =>
    Float32Array.from({ length: width }, (_, k) => Number(data[at * each + k])),
  );
}

function stacked(rows: readonly Float32Array[]): Matrix<Float32Array> {
  const width = rows[0].length;
  const data = new Float32Array(rows.length * width);
  rows.forEach((row, at) => data.set(row, at * width));
  return { data, shape: [rows.length, width] };
}
