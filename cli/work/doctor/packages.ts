import { createRequire } from "node:module";
import { networkPackages } from "../../../src/pairs/network/tfjs.ts";
import type { Finding } from "./finding.ts";

/** What comes with npm ci and may be broken by a copy of node_modules from another machine. */
const native = [
  { name: "sharp", use: "images and PNG figures" },
  { name: "zeromq", use: "the kernel in Jupyter and VS Code" },
  { name: "oxc-transform", use: "the kernel and tsrsa run" },
] as const;

/** What is installed only by who needs it. */
const optional = [
  {
    name: "TensorFlow.js",
    parts: ["core", "layers", "backend-wasm"].map((part) => `@tensorflow/tfjs-${part}`),
    use: "networks of image pairs (tutorial 5)",
  },
  {
    name: "onnxruntime-node",
    parts: ["onnxruntime-node"],
    use: "activations of networks, CLIP embeddings (tutorial 5)",
  },
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

/** Whether optional packages are there, each with all of its parts; they are not loaded. */
export function optionalFindings(isThere: (part: string) => boolean = resolves): Finding[] {
  return optional.map(({ name, parts, use }) => {
    const missing = parts.filter((part) => !isThere(part));
    if (missing.length === 0) return { name, state: "ok", found: `is installed; for ${use}` };
    const found = `${missing.join(" and ")} ${missing.length === 1 ? "is" : "are"} not installed; only ${use} need it`;
    return { name, state: "note", found, advice: `to have it: npm install ${wanted(parts)}` };
  });
}

/** All parts of a package must be of one version: that of the first, where it is there. */
function wanted(parts: readonly string[]): string {
  if (parts.length === 1) return parts[0];
  const require = createRequire(import.meta.url);
  const version = resolves(`${parts[0]}/package.json`)
    ? (require(`${parts[0]}/package.json`) as { version: string }).version
    : undefined;
  return (version === undefined ? networkPackages() : networkPackages(version)).join(" ");
}

function resolves(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch {
    return false;
  }
}
