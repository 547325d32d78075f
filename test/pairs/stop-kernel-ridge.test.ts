import { expect, test } from "vitest";
import { Cancelled } from "../../src/core/index.ts";
import { pairDataset, trainPairModel } from "../../src/pairs/index.ts";
import { Rdm } from "../../src/rdm/index.ts";
import { random } from "../../src/stats/index.ts";

test("kernel ridge regression hears Stop within a turn, before its kernel is whole", async () => {
  const { normal, next } = random(4);
  const nImages = 400;
  const features = Array.from({ length: nImages }, () => Array.from({ length: 200 }, normal));
  const rdm = new Rdm(Float64Array.from({ length: (nImages * (nImages - 1)) / 2 }, next));
  const dataset = pairDataset(rdm, features, { testShare: 0.2 });
  const stop = new AbortController();
  let stopped = NaN;
  setTimeout(() => {
    stopped = performance.now();
    stop.abort();
  }, 10);
  const started = performance.now();
  const options = { model: "kernel-ridge", alpha: 1e-3, onProgress: false } as const;
  await expect(trainPairModel(dataset, { ...options, signal: stop.signal })).rejects.toThrow(
    Cancelled,
  );
  expect(stopped - started).toBeLessThan(1500);
  expect(performance.now() - stopped).toBeLessThan(1500);
});
