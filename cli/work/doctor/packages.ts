import { createRequire } from "node:module";
import type { Finding } from "./finding.ts";

/** What comes with npm ci and may be broken by a copy of node_modules from another machine. */
const native = [
  { name: "sharp", use: "images and PNG figures" },
  { name: "zeromq", use: "the kernel in Jupyter and VS Code" },
  { name: "oxc-transform", use: "the kernel and tsrsa run" },
] as const;

/** What is installed only by who needs it. */
const optional = [
  { name: "@tensorflow/tfjs-core", use: "networks of image pairs (tutorial 5)" },
  { name: "onnxruntime-node", use: "activations of networks, CLIP embeddings (tutorial 5)" },
] as const;

/** Whether packages with machine code load here. */
export async function nativeFindings(): Promise<Finding[]> {
  return Promise.all(
    native.map(async ({ name, use }) => {
      try {
        await import(name);
        return { name, state: "ok" as const, found: `loads; for ${use}` };
      } catch (error) {
        return {
          name,
          state: "problem" as const,
          found: `does not load: ${(error as Error).message.split("\n")[0]}`,
          advice: `needed for ${use}: remove node_modules and run npm ci on this machine`,
        };
      }
    }),
  );
}

/** Whether optional packages are there; they are not loaded. */
export function optionalFindings(): Finding[] {
  const require = createRequire(import.meta.url);
  return optional.map(({ name, use }) => {
    try {
      require.resolve(name);
      return { name, state: "ok", found: `is installed; for ${use}` };
    } catch {
      return { name, state: "note", found: `is not installed; only ${use} need it` };
    }
  });
}
