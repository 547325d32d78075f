import { MissingPackage } from "../../core/errors.ts";

/** A tensor of TensorFlow.js. */
export interface Tensor {
  readonly shape: readonly number[];
  dataSync(): Float32Array;
  dispose(): void;
}

/** A tensor that training changes. */
export interface Variable extends Tensor {
  assign(value: Tensor): void;
}

interface Optimizer {
  applyGradients(gradients: Readonly<Record<string, Tensor>>): void;
  dispose(): void;
}

/** What a function with a gradient of its own gives. */
export interface WithGradient {
  readonly value: Tensor;
  /** Takes what was saved, too: all else is forgotten between the way there and back. */
  readonly gradFunc: (dy: Tensor, saved: Tensor[]) => Tensor | Tensor[];
}

/** The part of TensorFlow.js that is used here. */
export interface Tfjs {
  tensor(data: Float32Array | Int32Array, shape: readonly number[]): Tensor;
  scalar(value: number): Tensor;
  variable(value: Tensor, trainable: boolean, name: string): Variable;
  tidy<T>(work: () => T): T;
  customGrad<Inputs extends Tensor[]>(
    f: (...inputs: [...Inputs, save: (tensors: Tensor[]) => void]) => WithGradient,
  ): (...inputs: Inputs) => Tensor;
  variableGrads(
    f: () => Tensor,
    variables: readonly Variable[],
  ): { readonly value: Tensor; readonly grads: Readonly<Record<string, Tensor>> };
  grads(f: (...inputs: Tensor[]) => Tensor): (inputs: Tensor[]) => Tensor[];
  readonly train: { adam(learningRate: number): Optimizer };
  matMul(a: Tensor, b: Tensor): Tensor;
  transpose(a: Tensor, axes?: readonly number[]): Tensor;
  reshape(a: Tensor, shape: readonly number[]): Tensor;
  add(a: Tensor, b: Tensor): Tensor;
  sub(a: Tensor, b: Tensor): Tensor;
  mul(a: Tensor, b: Tensor): Tensor;
  div(a: Tensor, b: Tensor): Tensor;
  square(a: Tensor): Tensor;
  sqrt(a: Tensor): Tensor;
  abs(a: Tensor): Tensor;
  relu(a: Tensor): Tensor;
  sigmoid(a: Tensor): Tensor;
  sum(a: Tensor, axis?: number): Tensor;
  mean(a: Tensor): Tensor;
  concat(all: readonly Tensor[], axis: number): Tensor;
  stridedSlice(
    a: Tensor,
    begin: readonly number[],
    end: readonly number[],
    strides: readonly number[],
  ): Tensor;
  conv2d(x: Tensor, kernel: Tensor, strides: number, pad: "valid"): Tensor;
  conv2dTranspose(
    dy: Tensor,
    kernel: Tensor,
    shape: readonly number[],
    strides: number,
    pad: "valid",
  ): Tensor;
  avgPool(x: Tensor, size: number, strides: number, pad: "valid"): Tensor;
  setBackend(name: string): Promise<boolean>;
  ready(): Promise<void>;
}

/** The version that is tested where none is there yet; 3.21 is tested too. */
const VERSION = "4.22.0";
const PARTS = ["core", "layers", "backend-wasm"] as const;

/** What to install: all parts of one version, that of the core if there is one. */
export function networkPackages(version = VERSION): string[] {
  return PARTS.map((part) => `@tensorflow/tfjs-${part}@${version}`);
}

let loading: Promise<Tfjs> | undefined;

/** TensorFlow.js with its wasm backend. Throws `MissingPackage` when it is not installed. */
export async function loadTfjs(): Promise<Tfjs> {
  loading ??= load();
  try {
    return await loading;
  } catch (error) {
    // So that it works without a new start once the packages are there.
    loading = undefined;
    throw error;
  }
}

/**
 * Whether networks can be trained here: true when the optional packages of TensorFlow.js are installed.
 *
 * @example
 * import { canTrainNetworks } from "tsrsa";
 * const networks = await canTrainNetworks();
 */
export async function canTrainNetworks(): Promise<boolean> {
  return loadTfjs().then(
    () => true,
    () => false,
  );
}

async function load(): Promise<Tfjs> {
  const core = (await optional("core", VERSION)) as Tfjs & { readonly version_core?: string };
  const version = core.version_core ?? VERSION;
  // The layers bring the gradients with them; of the core alone Node gets none.
  await optional("layers", version);
  await optional("backend-wasm", version);
  if (!(await core.setBackend("wasm"))) throw missing(version);
  await core.ready();
  return core;
}

async function optional(part: (typeof PARTS)[number], version: string): Promise<unknown> {
  const name = `@tensorflow/tfjs-${part}`;
  try {
    // Held in a variable, so that no tool looks for a package that need not be there.
    return await import(name);
  } catch (cause) {
    throw missing(version, cause);
  }
}

function missing(version: string, cause?: unknown): MissingPackage {
  return new MissingPackage("training networks", networkPackages(version), { cause });
}
