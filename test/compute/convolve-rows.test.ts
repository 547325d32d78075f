import { afterEach, expect, test } from "vitest";
import { convolveRows } from "../../src/compute/convolve-rows.ts";
import type { Convolution } from "../../src/compute/convolution.ts";
import { fourierSize } from "../../src/compute/fourier-size.ts";
import { setPath } from "../../src/compute/which-path.ts";
import { random } from "../../src/stats/index.ts";

afterEach(() => setPath("auto"));

const rng = random(1);
const normal = (n: number) => Float64Array.from({ length: n }, () => rng.normal());
const wavelet = (half: number) => ({ re: normal(2 * half + 1), im: normal(2 * half + 1) });

/** Everything that is handed out, rows × wavelets × samples. */
async function all(convolution: Convolution, jobs = 1) {
  const size = convolution.nRows * convolution.wavelets.length * convolution.samples.length;
  const width = size / convolution.nRows;
  const found = { values: new Float64Array(size), imaginary: new Float64Array(size) };
  let next = 0;
  await convolveRows(
    convolution,
    ({ firstRow, nRows, values, imaginary }) => {
      expect(firstRow).toBe(next);
      expect(values.length).toBe(nRows * width);
      next = firstRow + nRows;
      found.values.set(values, firstRow * width);
      found.imaginary.set(imaginary, firstRow * width);
    },
    { jobs },
  );
  expect(next).toBe(convolution.nRows);
  return found;
}

async function plainly(convolution: Convolution) {
  setPath("plain");
  const found = await all(convolution);
  setPath("auto");
  return found;
}

const largest = (a: Float64Array, b: Float64Array) =>
  a.reduce((most, value, at) => Math.max(most, Math.abs(value - b[at])), 0);

test("sizes are the least of 1, 2, 3 or 6 times a power of 4", () => {
  expect([1, 4, 5, 9, 17, 25, 48, 49, 257, 300, 385, 513, 769].map(fourierSize)).toEqual([
    4, 4, 8, 12, 24, 32, 48, 64, 384, 384, 512, 768, 1024,
  ]);
});

test.each([1, 3, 5, 7, 10, 23, 40, 48, 90, 150, 300, 500])(
  "rows of %i samples are convolved as plain sums do it, through every kind of stage",
  async (nTimes) => {
    const halves = [0, 1, 2, Math.floor(nTimes / 2)].filter((half) => 2 * half + 1 <= 2 * nTimes);
    const convolution: Convolution = {
      data: normal(3 * nTimes),
      nRows: 3,
      nTimes,
      wavelets: halves.map(wavelet),
      samples: Int32Array.from({ length: nTimes }, (_, t) => t),
      parts: "complex",
    };
    const [found, wanted] = [await all(convolution), await plainly(convolution)];
    expect(largest(found.values, wanted.values)).toBeLessThan(1e-12);
    expect(largest(found.imaginary, wanted.imaginary)).toBeLessThan(1e-12);
    const power = { ...convolution, parts: "power" } as const;
    const squares = found.values.map((re, at) => re * re + found.imaginary[at] ** 2);
    expect((await all(power)).values).toEqual(squares);
    expect(largest((await plainly(power)).values, squares)).toBeLessThan(1e-11);
  },
);

test("many rows go in parts, with the same bits on two threads, at the samples asked for", async () => {
  const convolution: Convolution = {
    data: normal(1501 * 60),
    nRows: 1501,
    nTimes: 60,
    wavelets: [wavelet(29), wavelet(3), wavelet(20), wavelet(5)],
    samples: Int32Array.from({ length: 57 }, (_, k) => k + 3),
    parts: "complex",
  };
  const [one, two] = [await all(convolution, 1), await all(convolution, 2)];
  const differs = (part: "values" | "imaginary") =>
    two[part].findIndex((value, at) => value !== one[part][at]);
  expect([differs("values"), differs("imaginary")]).toEqual([-1, -1]);
  const last = { ...convolution, data: convolution.data.subarray(1500 * 60), nRows: 1 };
  const alone = await plainly(last);
  expect(largest(one.values.subarray(1500 * 4 * 57), alone.values)).toBeLessThan(1e-12);
  expect(largest(one.imaginary.subarray(1500 * 4 * 57), alone.imaginary)).toBeLessThan(1e-12);
});

test("a row that is not all known is NaN, and its neighbours do not see it", async () => {
  const data = normal(4 * 20);
  const whole: Convolution = {
    ...{ data, nRows: 4, nTimes: 20, parts: "power", wavelets: [wavelet(4)] },
    samples: Int32Array.of(2, 9),
  };
  const clean = await all(whole);
  for (const gap of [NaN, Infinity]) {
    const gaps = { ...whole, data: data.map((value, at) => (at === 25 ? gap : value)) };
    for (const found of [await all(gaps), await plainly(gaps)]) {
      expect(found.values.slice(2, 4)).toEqual(Float64Array.of(NaN, NaN));
      expect(largest(found.values.subarray(0, 2), clean.values)).toBeLessThan(1e-12);
      expect(largest(found.values.subarray(4), clean.values.subarray(4))).toBeLessThan(1e-12);
    }
  }
});

test("a row a thousand million times larger leaves its neighbour as it is", async () => {
  const small = normal(30);
  const pair = Float64Array.from([...small, ...small.map((value) => 1e9 * value)]);
  const how = {
    ...{ nTimes: 30, parts: "complex" as const, wavelets: [wavelet(10)] },
    samples: Int32Array.from({ length: 30 }, (_, t) => t),
  };
  const together = await all({ ...how, data: pair, nRows: 2 });
  const alone = await all({ ...how, data: small, nRows: 1 });
  expect(together.values.subarray(0, 30)).toEqual(alone.values);
});

test("it can be stopped", async () => {
  const stop = new AbortController();
  const convolution: Convolution = {
    ...{ data: normal(4000 * 100), nRows: 4000, nTimes: 100, parts: "power" },
    ...{ wavelets: [wavelet(20), wavelet(9)], samples: Int32Array.of(0, 5, 50) },
  };
  const job = convolveRows(convolution, () => {}, { signal: stop.signal });
  stop.abort();
  await expect(job).rejects.toMatchObject({ code: "CANCELLED" });
});
