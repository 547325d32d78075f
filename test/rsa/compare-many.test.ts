import { expect, test } from "vitest";
import { Rdm } from "../../src/rdm/index.ts";
import { compareRdms } from "../../src/rsa/index.ts";
import { noise } from "../compute/series.ts";
import { quiet } from "./toolbox.ts";

// 170 × 110 × 1,225 products are enough for the kernels.
const pairs = (50 * 49) / 2;
const rdms = (count: number, seed: number): Rdm[] =>
  Array.from({ length: count }, (_, k) => new Rdm(noise(pairs, seed + k).map(Math.abs)));

test.each(["corr", "cosine", "spearman", "rho-a", "corr_cov", "cosine_cov"] as const)(
  "%s of long lists equals that of few",
  async (method) => {
    const [a, b] = [rdms(170, 1), rdms(110, 1000)];
    a[5] = new Rdm(new Float64Array(pairs).fill(0.1));
    a[6] = b[7];
    b[9] = new Rdm(new Float64Array(pairs));
    const all = await compareRdms(a, b, { method, ...quiet });
    for (const i of [0, 5, 6, 63, 64, 169]) {
      const few = await compareRdms(a[i], b, { method, ...quiet });
      few.scores.forEach((score, j) => {
        const found = all.scores[i * b.length + j];
        if (Number.isNaN(score)) expect(found).toBeNaN();
        else expect(Math.abs(found - score)).toBeLessThan(1e-13);
      });
    }
    const equal = all.scores[6 * b.length + 7];
    if (method !== "rho-a") expect(equal).toBe(1);
  },
);

test.each(["corr", "spearman", "tau-a"] as const)(
  "%s of a list with itself equals that with a copy",
  async (method) => {
    const list = rdms(method === "tau-a" ? 6 : 130, 7);
    const copy = list.map((rdm) => new Rdm(rdm.condensed));
    const self = await compareRdms(list, list, { method, ...quiet });
    const other = await compareRdms(list, copy, { method, ...quiet });
    self.scores.forEach((score, k) => {
      expect(Math.abs(score - other.scores[k])).toBeLessThan(1e-14);
      expect(score).toBe(
        self.scores[(k % list.length) * list.length + Math.floor(k / list.length)],
      );
    });
  },
);

test("lists that share an RDM, at its place, are two lists", async () => {
  const [a, b] = [rdms(3, 1), rdms(3, 50)];
  b[1] = a[1];
  const { scores } = await compareRdms(a, b, quiet);
  const [alone] = (await compareRdms(a[0], b[0], quiet)).scores;
  expect(scores[0]).toBe(alone);
  expect(scores[4]).toBe(1);
});
