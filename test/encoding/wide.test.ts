import { expect, test } from "vitest";
import {
  bandedRidgeCv,
  crossValidatedPredictions,
  crossValidateRidge,
  firDelays,
  predictResponses,
  random,
  ridge,
  ridgeCv,
} from "tsrsa";

const { normal } = random(4);
const [n, p, nTargets] = [60, 500, 90];
const X = { data: Float64Array.from({ length: n * p }, normal), shape: [n, p] };
const Y = { data: Float64Array.from({ length: n * nTargets }, () => 5 + normal()), shape: [n, nTargets] }; // prettier-ignore
const quiet = { onProgress: false } as const;

/** Largest part of the gradient Xᵀ(y − Xw − b) − alpha w, which is 0 at the solution. */
function gradient(model: Awaited<ReturnType<typeof ridge>>, alpha: (t: number) => number): number {
  const { data } = predictResponses(model, X);
  let most = 0;
  for (let t = 0; t < nTargets; t += 7)
    for (let j = 0; j < p; j += 3) {
      let sum = -alpha(t) * model.coef.data[t * p + j];
      for (let row = 0; row < n; row++)
        sum += X.data[row * p + j] * (Y.data[row * nTargets + t] - data[row * nTargets + t]);
      most = Math.max(most, Math.abs(sum));
    }
  return most;
}

test("more features than rows: the gradient is 0 where the penalty says, on any number of threads", async () => {
  for (const intercept of [true, false]) {
    const model = await ridge(X, Y, { alpha: 3, intercept, jobs: 1, ...quiet });
    expect(gradient(model, () => 3)).toBeLessThan(1e-10);
    expect(await ridge(X, Y, { alpha: 3, intercept, jobs: 3, ...quiet })).toEqual(model);
  }
  const alpha = Array.from({ length: nTargets }, (_, t) => 1 + (t % 3));
  expect(gradient(await ridge(X, Y, { alpha, ...quiet }), (t) => alpha[t])).toBeLessThan(1e-10);
});

test("without a penalty, and with rows that repeat each other: the shortest of the solutions that predict alike", async () => {
  const model = await ridge(X, Y, { alpha: 0, ...quiet });
  expect(gradient(model, () => 0)).toBeLessThan(1e-9);
  const twice = {
    data: Float64Array.from(X.data).fill(0, p, 2 * p).map((v, at) => (at >= p && at < 2 * p ? X.data[at - p] : v)),
    shape: X.shape,
  }; // prettier-ignore
  const [none, tiny] = await Promise.all(
    [0, 1e-9].map((alpha) => ridge(twice, Y, { alpha, ...quiet })),
  );
  none.coef.data.forEach((w, at) => expect(Math.abs(w - tiny.coef.data[at])).toBeLessThan(1e-8));
});

test("scores are those of the predictions of left-out rows, and penalties are chosen by them", async () => {
  const options = { folds: 4, ...quiet };
  const { r2 } = await crossValidateRidge(X, Y, { alpha: 40, ...options });
  const { data } = await crossValidatedPredictions(X, Y, { alpha: 40, ...options });
  for (let fold = 0; fold < 4; fold++)
    for (let t = 0; t < nTargets; t++) {
      const rows = Array.from({ length: 15 }, (_, k) => (fold * 15 + k) * nTargets + t);
      const mean = rows.reduce((sum, at) => sum + Y.data[at], 0) / 15;
      const sums = rows.map((at) => [(Y.data[at] - data[at]) ** 2, (Y.data[at] - mean) ** 2]);
      const [error, about] = [0, 1].map((k) => sums.reduce((sum, row) => sum + row[k], 0));
      expect(r2.data[fold * nTargets + t]).toBeCloseTo(1 - error / about, 9);
    }
  const alphas = [1, 40, 1000];
  const chosen = await ridgeCv(X, Y, { alphas, ...options });
  const one = await Promise.all(alphas.map((alpha) => crossValidateRidge(X, Y, { alpha, ...options }))); // prettier-ignore
  for (let t = 0; t < nTargets; t++) {
    const scores = one.map(({ meanR2 }) => meanR2[t]);
    expect(chosen.alpha[t]).toBe(alphas[scores.indexOf(Math.max(...scores))]);
  }
});

test("penalties too small for the rows there are: scores keep their digits", async () => {
  const options = { folds: 4, intercept: false, ...quiet };
  const small = await crossValidateRidge(X, Y, { alpha: [1e-7, 1e-6, 10], ...options });
  const one = await crossValidateRidge(X, Y, { alpha: 1e-3, ...options });
  const limit = await crossValidateRidge(X, Y, { alpha: 1e-5, ...options });
  limit.r2.data.forEach((r2, at) => expect(Math.abs(r2 - one.r2.data[at])).toBeLessThan(1e-3));
  expect(small.r2.data.every(Number.isFinite)).toBe(true);
  await expect(crossValidateRidge(X, Y, { alpha: 0, folds: 4, ...quiet })).rejects.toThrow(/collinear/);
}); // prettier-ignore

test("delays and bands go the same way", async () => {
  const delayed = firDelays({ data: X.data.subarray(0, n * 40), shape: [n, 40] }, { delays: [0, 1, 2] });
  const groups = { now: Array.from({ length: 40 }, (_, j) => j), then: Array.from({ length: 80 }, (_, j) => 40 + j) };
  const { cvScore, coef } = await bandedRidgeCv(delayed, Y, groups, { nWeightings: 1, folds: 3, ...quiet });
  expect([cvScore.every(Number.isFinite), coef.data.every(Number.isFinite)]).toEqual([true, true]);
}); // prettier-ignore

test("timers have their turn, progress is told, and Stop stops", async () => {
  const wide = { data: Float64Array.from({ length: 300 * 6000 }, normal), shape: [300, 6000] };
  const many = { data: Float64Array.from({ length: 300 * 800 }, normal), shape: [300, 800] };
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  const told: number[] = [];
  const onProgress = ({ done }: { done: number }) => told.push(done);
  await ridge(wide, many, { alpha: 2, jobs: 1, onProgress });
  clearInterval(timer);
  expect(turns).toBeGreaterThan(10);
  expect([told.length > 2, told.at(-1)]).toEqual([true, 800]);
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 30);
  const stopped = ridge(wide, many, { alpha: 2, jobs: 1, signal: stop.signal, ...quiet });
  await expect(stopped).rejects.toMatchObject({ code: "CANCELLED" });
  for (const call of [crossValidateRidge, ridgeCv, crossValidatedPredictions])
    await expect(call(X, Y, { signal: AbortSignal.abort(), ...quiet })).rejects.toMatchObject({
      code: "CANCELLED",
    });
});
