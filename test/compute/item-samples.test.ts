import { describe, expect, test } from "vitest";
import { averageRanks } from "../../src/compute/average-ranks.ts";
import {
  withItemSamples,
  type ItemSample,
  type SampleScale,
} from "../../src/compute/item-samples.ts";
import { random } from "../../src/core/random.ts";

const nItems = 30;
const nPairs = (nItems * (nItems - 1)) / 2;
const lot = random(4);
const vectors = [
  Float64Array.from({ length: nPairs }, () => lot.normal()),
  Float64Array.from({ length: nPairs }, () => lot.integer(4)),
  Float64Array.from({ length: nPairs }, () => lot.integer(30) - 15),
  new Float64Array(nPairs).fill(7),
];
const times = Float64Array.from({ length: nItems }, (_, i) => [0, 1, 3, 0, 2][i % 5]);

/** The sample written out: each pair as often as it is drawn, in any order. */
function writtenOut(vector: Float64Array): Float64Array {
  const out: number[] = [];
  let pair = 0;
  for (let i = 0; i < nItems; i++) {
    for (let j = i + 1; j < nItems; j++, pair++)
      for (let k = 0; k < times[i] * times[j]; k++) out.push(vector[pair]);
  }
  return Float64Array.from(out);
}

function onScale(vector: Float64Array, scale: SampleScale): Float64Array {
  const values = scale === "ranks" ? averageRanks(vector).ranks : vector;
  const mean =
    scale === "values" ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

const dot = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, value, k) => sum + value * b[k], 0);

function sampled<T>(
  scale: SampleScale,
  use: (sample: ItemSample) => Promise<T>,
  jobs = 1,
): Promise<T> {
  return withItemSamples(vectors, nItems, scale, { jobs }, async (samples) => {
    await samples.draw(new Float64Array(nItems).fill(1));
    return use(await samples.draw(times));
  });
}

describe("samples", () => {
  test.each(["ranks", "centred", "values"] as const)(
    "%s weighed are those written out",
    async (scale) => {
      const expected = vectors.map((vector) => onScale(writtenOut(vector), scale));
      const { squares, products, total } = await sampled(scale, async (sample) => ({
        squares: sample.squares,
        products: await sample.products(2, 1),
        total: sample.nPairs,
      }));
      expect(total).toBe(expected[0].length);
      expected.forEach((vector, v) => {
        const square = v === 3 && scale !== "values" ? 0 : dot(vector, vector);
        expect(squares[v]).toBeCloseTo(square, 4);
        expect(Math.abs(squares[v] - square)).toBeLessThanOrEqual(1e-12 * Math.max(1, square));
      });
      const pairs = [0, 1].flatMap((i) => [1, 2, 3].map((j) => dot(expected[i], expected[j])));
      pairs.forEach((product, k) => {
        expect(Math.abs(products[k] - product)).toBeLessThan(1e-10 * Math.max(1, squares[0]));
      });
    },
  );

  test("pools are ranked anew, copies of a pair tied", async () => {
    const counts = Float64Array.of(2, 0, 1, 0);
    const ranks = vectors.map((vector) => onScale(writtenOut(vector), "ranks"));
    const pool = onScale(
      ranks[0].map((rank, k) => 2 * rank + ranks[2][k]),
      "ranks",
    );
    const [found] = await sampled("ranks", (sample) =>
      sample.pools([{ times: counts, wanted: [2, 0, 1] }]),
    );
    expect(found.squares).toBeCloseTo(dot(pool, pool), 3);
    [2, 0, 1].forEach((v, at) => expect(found.products[at]).toBeCloseTo(dot(pool, ranks[v]), 3));
  });
});

describe("pools of samples are those of all ranks, one at a time", () => {
  test.each([
    ["few pairs, fine keys", 12, 1],
    ["many pairs in a bucket", 60, 3e5],
    ["more in a bucket than there is room beside", 420, 3e4],
    ["keys that no 32 bits hold", 60, 3e7],
  ])("%s", async (_what, n, constant) => {
    const size = (n * (n - 1)) / 2;
    const draw = random(n);
    const given = [
      Float64Array.from({ length: size }, () => draw.normal()),
      Float64Array.from({ length: size }, () => draw.integer(4)),
      Float64Array.from({ length: size }, () => draw.integer(size)),
      new Float64Array(size).fill(7),
    ];
    const ranks = given.map((values) => onScale(values, "ranks"));
    // A constant RDM drawn often changes no pool, but how its values are dealt out.
    const pools = [
      { times: [1, 2, 0, constant], wanted: [0, 1, 3] },
      { times: [0, 2, 0, constant], wanted: [0] },
      { times: [1, 0, 0, constant], wanted: [1] },
      { times: [1, 2, 1, constant], wanted: [2] },
      { times: [1, 0, 0, 0], wanted: [1, 3] },
      { times: [0, 2, 0, constant], wanted: [0, 3] },
      { times: [0, 0, 0, constant], wanted: [0] },
      { times: [0, 1, 3, 0], wanted: [] },
      { times: [2, 1, 1, 0], wanted: [2, 0] },
      { times: [2, 1, 1, constant], wanted: [2, 0] },
    ].map((pool) => ({ ...pool, times: Float64Array.from(pool.times) }));
    const once = new Float64Array(n).fill(1);
    const found = await withItemSamples(given, n, "ranks", {}, async (samples) =>
      (await samples.draw(once)).pools(pools),
    );
    pools.forEach(({ times: counts, wanted }, p) => {
      const sum = ranks[0].map((_, k) => counts.reduce((s, c, v) => s + c * ranks[v][k], 0));
      const pool = onScale(sum, "ranks");
      const squares = dot(pool, pool);
      expect(Math.abs(found[p].squares - squares)).toBeLessThanOrEqual(1e-12 * squares);
      expect(found[p].products).toHaveLength(wanted.length);
      wanted.forEach((v, at) => {
        const expected = dot(pool, ranks[v]);
        expect(Math.abs(found[p].products[at] - expected)).toBeLessThanOrEqual(1e-12 * squares);
      });
    });
  });
});

test("the same to the bit on any number of threads", async () => {
  for (const scale of ["ranks", "values"] as const) {
    const [a, b] = await Promise.all(
      [1, 3].map((jobs) =>
        sampled(
          scale,
          async (sample) => [
            ...sample.squares,
            ...(await sample.products(4, 0)),
            ...(scale === "ranks"
              ? (await sample.pools([{ times: Float64Array.of(1, 1, 1, 0), wanted: [0] }]))[0]
                  .products
              : []),
          ],
          jobs,
        ),
      ),
    );
    expect(a).toEqual(b);
  }
});

test("a job stops where its signal says", async () => {
  const stop = new AbortController();
  const running = withItemSamples(
    vectors,
    nItems,
    "ranks",
    { signal: stop.signal },
    async (samples) => {
      stop.abort();
      await samples.draw(times);
    },
  );
  await expect(running).rejects.toThrow(/cancelled/);
});
