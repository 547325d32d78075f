import { FileFormatError, MissingPackage } from "../../core/errors.ts";

/** A tensor of ONNX Runtime. */
export interface OnnxTensor {
  readonly data: ArrayLike<number>;
  readonly dims: readonly number[];
}

/** A loaded model. */
export interface OnnxSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(inputs: Readonly<Record<string, OnnxTensor>>): Promise<Readonly<Record<string, OnnxTensor>>>;
  release(): Promise<void>;
}

/** The part of onnxruntime-node that is used here. */
export interface OnnxRuntime {
  readonly InferenceSession: { create(path: string): Promise<OnnxSession> };
  readonly Tensor: new (type: "float32", data: Float32Array, dims: readonly number[]) => OnnxTensor;
}

const PACKAGE: string = "onnxruntime-node";
const TESTED = `${PACKAGE}@1.30.0`;

/** ONNX Runtime. Throws `MissingPackage` when it is not installed. */
export async function loadOnnx(): Promise<OnnxRuntime> {
  try {
    // Held in a variable, so that no tool looks for a package that need not be there.
    const found = (await import(PACKAGE)) as OnnxRuntime & { default?: OnnxRuntime };
    return found.default ?? found;
  } catch (cause) {
    throw new MissingPackage("running an ONNX model", [TESTED], { cause });
  }
}

/** Load a model. Throws `FileFormatError` for a file that is none. */
export async function openModel(onnx: OnnxRuntime, path: string): Promise<OnnxSession> {
  try {
    return await onnx.InferenceSession.create(path);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.slice(0, 200) : String(cause);
    throw new FileFormatError(path, "content", "an ONNX model", why, {
      cause,
      advice: "fetch it again: tsrsa data fetch clip-vit-b32",
    });
  }
}
