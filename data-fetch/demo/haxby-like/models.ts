import type { Random } from "../../../src/core/random.ts";
import { categories, type Category } from "./design.ts";

export const embeddingLength = 64;

// What the categories have in common: animate, face, large, small and handled, worn, metal, without an object.
const traits: Readonly<Record<Category, readonly number[]>> = {
  face: [1.5, 1, 0, 0, 0, 0, 0],
  cat: [1.5, 0.1, 0, 0.3, 0, 0, 0],
  house: [0, 0, 1.5, 0, 0, 0, 0],
  chair: [0, 0, 1, 0.5, 0, 0.2, 0],
  shoe: [0, 0, 0, 1.1, 0.9, 0, 0],
  bottle: [0, 0, 0, 1.3, 0, 0.1, 0],
  scissors: [0, 0, 0, 1.2, 0, 0.9, 0],
  scrambledpix: [0, 0, 0, 0, 0, 0, 1.6],
};

/**
 * What a network might say of the categories: rows of `embeddingLength` numbers, with a mean of 0 over the categories.
 * What all have in common would be lost where each voxel's mean is subtracted, and the distances with it.
 */
export function drawEmbeddings(random: Random): Float32Array {
  const mix = Float64Array.from({ length: 7 * embeddingLength }, () => random.normal());
  const rows = categories.map((category) =>
    Float64Array.from({ length: embeddingLength }, (_, j) => {
      const common = traits[category].map((trait, k) => trait * mix[k * embeddingLength + j]);
      return common.reduce((sum, value) => sum + value, 0.35 * random.normal());
    }),
  );
  const mean = rows[0].map((_, j) => rows.reduce((sum, row) => sum + row[j], 0) / rows.length);
  return Float32Array.from(rows.flatMap((row) => Array.from(row, (value, j) => value - mean[j])));
}

/**
 * How alike people might call the pictures, 0 to 1: partly what the network sees, partly how often two things are met
 * in one place.
 */
export function drawSimilarity(embeddings: Float32Array, random: Random): number[][] {
  const n = categories.length;
  const alike = Array.from({ length: n }, () => Array<number>(n).fill(1));
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      const seen = correlation(rowOf(embeddings, i), rowOf(embeddings, j));
      const value = 0.4 + 0.24 * seen + 0.2 * random.normal();
      alike[i][j] = alike[j][i] = Math.round(100 * Math.min(0.98, Math.max(0.02, value))) / 100;
    }
  return alike;
}

/** The CSV of the similarities: categories down and across. */
export function similarityCsv(alike: readonly (readonly number[])[]): string {
  const lines = alike.map((row, i) => [categories[i], ...row].join(","));
  return `${["category", ...categories].join(",")}\n${lines.join("\n")}\n`;
}

export function rowOf(embeddings: Float32Array, row: number): Float32Array {
  return embeddings.subarray(row * embeddingLength, (row + 1) * embeddingLength);
}

function correlation(a: Float32Array, b: Float32Array): number {
  const [x, y] = [centred(a), centred(b)];
  const dot = x.reduce((sum, value, j) => sum + value * y[j], 0);
  return dot / (Math.hypot(...x) * Math.hypot(...y));
}

function centred(values: Float32Array): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Array.from(values, (value) => value - mean);
}
