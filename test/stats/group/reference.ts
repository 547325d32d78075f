import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { Matrix } from "../../../src/core/matrix.ts";

const folder = join(import.meta.dirname, "..", "..", "reference", "questions");

/** An array as the reference files have it. */
export interface Stored {
  readonly shape: number[];
  readonly data: number[];
}

/** Made with numpy and scipy. */
interface CurvesCase {
  readonly input: Record<"scores" | "timesS" | "draws", Stored>;
  readonly expected: Record<
    "mean" | "sem" | "ci" | "bootstrap" | "t" | "pTwoSided" | "fdrQ" | "fdrReject" | "fisherMean",
    Stored
  > & { readonly clusters: { first: number; last: number; p: number }[] };
}

/** People whose channels differ in order and number. */
export interface StackCase {
  readonly input: { readonly people: { channels: string[]; scores: Stored }[] };
  readonly expected: {
    readonly channels: string[];
    readonly stack: Stored;
    readonly mean: Stored;
    readonly sem: Stored;
    readonly leftOut: Record<string, number[]>;
  };
}

const { cases } = JSON.parse(readFileSync(join(folder, "group.json"), "utf8")) as {
  cases: [CurvesCase, StackCase];
};

export const [curves, stack] = cases;

/** A stored array as a matrix. */
export function numbers({ shape, data }: Stored): Matrix<Float64Array> {
  return { shape, data: Float64Array.from(data) };
}

/** Numbers that agree to the tolerance of the file. */
export function near({ data }: Stored): unknown[] {
  return data.map((value) => expect.closeTo(value, 10) as unknown);
}
