import { wasmBackend } from "../../../src/compute/backend.ts";
import { computeRdm, rsa } from "../../../src/index.ts";
import type { Finding } from "./finding.ts";

/** The compute kernels: wasm, or the plain code where wasm or its vectors are missing. */
export async function kernelsFinding(): Promise<Finding> {
  if ((await wasmBackend()) !== undefined)
    return { name: "compute kernels", state: "ok", found: "wasm with vectors" };
  return {
    name: "compute kernels",
    state: "note",
    found: "plain TypeScript: this Node runs no wasm with vectors",
    advice: "results are the same, several times slower; use another build of Node",
  };
}

/** A small analysis whose result is known. */
export function analysisFinding(): Finding {
  const patterns = [
    [1, 2, 4],
    [2, 1, 0],
    [0, 3, 9],
  ];
  const rdm = computeRdm(patterns, { metric: "euclidean" });
  const score = rsa(rdm, rdm).single();
  if (score === 1) return { name: "a small analysis", state: "ok", found: "gives what it should" };
  return {
    name: "a small analysis",
    state: "problem",
    found: `an RDM agrees with itself by ${score} instead of 1`,
    advice: "install again with npm ci; if it stays so, please report it",
  };
}
