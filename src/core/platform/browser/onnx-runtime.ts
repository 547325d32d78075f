/** Packages that run ONNX models in a page. */
export const onnxRuntimePackages: readonly string[] = ["onnxruntime-web"];

/** What a package of that name exports; the page must know it, from a bundler or an import map. */
export async function importOnnxRuntime(name: string): Promise<unknown> {
  return import(/* @vite-ignore */ /* webpackIgnore: true */ name);
}
