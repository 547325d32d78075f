import { expect, test } from "vitest";
import { Rdm } from "../../src/rdm/index.ts";
import { compareRdms, rsa } from "../../src/rsa/index.ts";
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

test.each(["spearman", "rho-a", "partial-spearman", "pearson"] as const)(
  "%s of many data RDMs is that of each, gaps and constants too",
  (metric) => {
    const [data, models] = [rdms(40, 1), rdms(3, 500)];
    data[4] = new Rdm(new Float64Array(pairs).fill(2));
    data[7] = new Rdm(data[7].condensed.map((value, at) => (at === 9 ? NaN : value)));
    data[8] = new Rdm(data[8].condensed.map(Math.round));
    for (const ignoreNan of [false, true]) {
      const all = rsa(data, models, { metric, ignoreNan });
      for (const [at, one] of data.entries()) {
        const alone = rsa(one, models, { metric, ignoreNan });
        alone.scores.forEach((score, m) => {
          const found = all.scores[at * 3 + m];
          if (Number.isNaN(score)) expect(found).toBeNaN();
          else expect(Math.abs(found - score)).toBeLessThan(1e-14);
        });
      }
      expect(Number.isNaN(all.scores[7 * 3])).toBe(!ignoreNan);
      expect(all.scores[4 * 3]).toBeNaN();
    }
  },
);

test("of models with gaps no data RDM has a score unless gaps are left out", () => {
  const [data, models] = [rdms(40, 1), rdms(2, 500)];
  models[1] = new Rdm(models[1].condensed.map((value, at) => (at === 3 ? NaN : value)));
  const { scores } = rsa(data, models);
  scores.forEach((score, at) => expect(Number.isNaN(score)).toBe(at % 2 === 1));
  const some = rsa(data, models, { ignoreNan: true });
  expect(some.scores[5]).toBe(rsa(data[2], models[1], { ignoreNan: true }).single());
});
