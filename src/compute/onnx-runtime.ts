import { importOnnxRuntime, onnxRuntimePackages } from "#platform/onnx-runtime";
import { FileFormatError, InvalidArgument, MissingPackage, Unsupported } from "../core/errors.ts";

/** Numbers of a tensor of ONNX Runtime; of 16-bit floats their bits. */
export type OnnxData =
  | Float32Array
  | Float64Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array
  | BigInt64Array
  | BigUint64Array;

/** A tensor of ONNX Runtime. */
export interface OnnxTensor {
  /** `float32`, `float16`, `int64` … */
  readonly type: string;
  readonly data: ArrayLike<number> | OnnxData;
  readonly dims: readonly number[];
}

/** A loaded model. */
export interface OnnxSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(
    inputs: Readonly<Record<string, OnnxTensor>>,
    outputs?: readonly string[],
  ): Promise<Readonly<Record<string, OnnxTensor>>>;
  release(): Promise<void>;
}

/** How a model is loaded: the part of ONNX Runtime's session options that is used here. */
export interface OnnxSessionOptions {
  readonly intraOpNumThreads?: number;
  readonly interOpNumThreads?: number;
  readonly logSeverityLevel?: number;
  readonly executionProviders?: readonly string[];
  readonly externalData?: readonly { readonly path: string; readonly data: Uint8Array }[];
}

/** The part of the packages onnxruntime-node and onnxruntime-web that is used here. */
export interface OnnxRuntime {
  readonly InferenceSession: {
    create(model: string | Uint8Array, options?: OnnxSessionOptions): Promise<OnnxSession>;
  };
  readonly Tensor: new (type: string, data: OnnxData, dims: readonly number[]) => OnnxTensor;
  readonly env?: { readonly versions?: Readonly<Record<string, string | undefined>> };
}

const TESTED = "1.30.0";

/**
 * ONNX Runtime, as installed or as given. Throws `MissingPackage` when there is none, `Unsupported` for one that is
 * there and does not load.
 */
export async function loadOnnx(given?: OnnxRuntime): Promise<OnnxRuntime> {
  if (given !== undefined) return checkedRuntime(given);
  return firstRuntime(onnxRuntimePackages, importOnnxRuntime);
}

/** The first package that loads. */
export async function firstRuntime(
  names: readonly string[],
  load: (name: string) => Promise<unknown>,
): Promise<OnnxRuntime> {
  const [wanted] = names;
  const failed = new Map<string, unknown>();
  for (const name of names) {
    try {
      const found = (await load(name)) as OnnxRuntime & { default?: OnnxRuntime };
      return found.default ?? found;
    } catch (cause) {
      failed.set(name, cause);
    }
  }
  const broken = [...failed].find(([name, cause]) => !isAbsent(name, cause));
  if (broken !== undefined) throw brokenRuntime(...broken, names);
  const cause = failed.get(wanted);
  throw new MissingPackage("running an ONNX model", [`${wanted}@${TESTED}`], { cause });
}

/** Whether it is the package itself that is not there: one that is may lack a part, or be of another system. */
function isAbsent(name: string, cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  const unknown = "code" in cause && /MODULE_NOT_FOUND$/.test(String(cause.code));
  // Pages have no codes: the name is not in the import map, or its address gives nothing.
  return (unknown && cause.message.includes(`'${name}'`)) || cause instanceof TypeError;
}

function brokenRuntime(name: string, cause: unknown, names: readonly string[]): Unsupported {
  const why = cause instanceof Error ? cause.message.slice(0, 300) : String(cause);
  const error = new Unsupported(
    `${name} is installed, but does not load: ${why}`,
    `install one that does: npm install --no-save --ignore-scripts ${names.map((one) => `${one}@${TESTED}`).join(" or ")}`,
  );
  error.cause = cause;
  return error;
}

function checkedRuntime(given: unknown): OnnxRuntime {
  if (isRuntime(given)) return given;
  throw new InvalidArgument(
    "runtime",
    given,
    'give the module itself: import * as runtime from "onnxruntime-web"',
  );
}

function isRuntime(value: unknown): value is OnnxRuntime {
  return (
    typeof value === "object" && value !== null && "InferenceSession" in value && "Tensor" in value
  );
}

/** Which runtime computes, as `onnxruntime-node 1.30.0`. */
export function runtimeName({ env }: OnnxRuntime): string {
  const { versions = {} } = env ?? {};
  for (const kind of ["node", "web"])
    if (versions[kind] !== undefined) return `onnxruntime-${kind} ${versions[kind]}`;
  return `onnxruntime ${versions.common ?? "of unknown version"}`;
}

/** Load a model. Throws `FileFormatError` for a file that is none, in the words of the runtime. */
export async function openModel(
  onnx: OnnxRuntime,
  model: string | Uint8Array,
  options: OnnxSessionOptions = {},
  { file = String(model), advice }: { file?: string; advice?: string } = {},
): Promise<OnnxSession> {
  try {
    // Warnings of weights that are not used would fill a notebook.
    return await onnx.InferenceSession.create(model, { logSeverityLevel: 3, ...options });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.slice(0, 300) : String(cause);
    throw new FileFormatError(file, "content", "an ONNX model that the runtime can run", why, {
      cause,
      advice: advice ?? "export the model again, for operators that the runtime knows",
    });
  }
}
