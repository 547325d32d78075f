/** Packages that run ONNX models here, the first that is there is taken: an Intel Mac has the second alone. */
export const onnxRuntimePackages: readonly string[] = ["onnxruntime-node", "onnxruntime-web"];

/** What a package of that name exports. Held in a variable, so that no tool looks for what need not be there. */
export async function importOnnxRuntime(name: string): Promise<unknown> {
  return import(name);
}
