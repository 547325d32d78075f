import { afterEach, expect, test } from "vitest";
import { gram } from "../../src/compute/gram.ts";
import { gramRdm, gramRdmSync } from "../../src/compute/gram-rdm.ts";
import { runSync } from "../../src/compute/run-sync.ts";
import { setPath, worthKernels } from "../../src/compute/which-path.ts";
import { computeRdm } from "../../src/rdm/index.ts";
import { largestError, noise } from "./series.ts";

afterEach(() => setPath("auto"));

test("here and now: the very numbers of the threads, bit for bit", async () => {
  const [n, k] = [37, 2100];
  for (const rows of [noise(n * k, 1), noise(n * k, 2).map((v) => Math.floor(128 * (v + 1)))]) {
    for (const metric of ["correlation", "cosine", "sqeuclidean", "euclidean"] as const) {
      const expected = await gramRdm(rows, n, k, metric);
      expect(gramRdmSync(rows, n, k, metric)).toEqual(expected);
    }
  }
});

test("large RDMs go through the kernels, small ones do not, and both are the same RDM", () => {
  const [n, k] = [90, 700];
  const data = noise(n * k, 5).map((value) => value + 3);
  expect(worthKernels(0.01)).toBe(false);
  expect(worthKernels(1)).toBe(true);
  for (const metric of ["correlation", "cosine"] as const) {
    const large = computeRdm({ data, shape: [n, k] }, { metric });
    const small = computeRdm({ data: data.slice(0, 3 * k), shape: [3, k] }, { metric });
    expect(Math.abs(large.at(0, 2) - small.at(0, 2))).toBeLessThan(1e-12);
  }
});

test("NaN, infinities, constants and numbers near the ends of the range come out as in plain code", () => {
  const [n, k] = [9, 40];
  const data = noise(n * k, 7);
  data[3] = NaN;
  data[k + 5] = Infinity;
  data.fill(0.1, 2 * k, 3 * k);
  data.fill(0, 3 * k, 4 * k);
  for (const factor of [1, 1e-150, 1e150]) {
    const rows = { data: data.map((value) => value * factor), shape: [n, k] };
    for (const metric of ["correlation", "cosine"] as const) {
      const plain = computeRdm(rows, { metric }).condensed;
      setPath("kernels");
      expect(largestError(computeRdm(rows, { metric }).condensed, plain)).toBeLessThan(1e-12);
      setPath("auto");
    }
  }
});

test("a job that throws leaves the next one its memory", () => {
  const fail = () =>
    runSync(function* (memory) {
      memory.allocate(1000);
      if (memory.allocate(8) > 0) throw new Error("stop");
      yield { kernel: "gramTiles", params: [], nBlocks: 0 };
    });
  expect(fail).toThrow("stop");
  const rows = noise(60, 1);
  const rdm = gramRdmSync(rows, 3, 20, "cosine") ?? [];
  const products = gram(rows, 3, 20);
  expect(rdm[0]).toBeCloseTo(1 - products[1] / Math.sqrt(products[0] * products[4]), 12);
});
