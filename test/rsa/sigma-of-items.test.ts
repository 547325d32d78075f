import { expect, test } from "vitest";
import { itemNoise, Rdm } from "../../src/rdm/index.ts";
import { compareRdms, fitModel, selectModel } from "../../src/rsa/index.ts";

const quiet = { onProgress: false } as const;
const items = ["a", "b", "c", "d"];
const x = new Rdm([1, 2, 3, 4, 5, 7], { items });
const y = new Rdm([2, 1, 3, 5, 4, 9], { items });
const rows = [
  [1, 0, 2],
  [4, 1, 0],
  [0, 2, 1],
  [9, 3, 5],
  [2, 1, 0],
  [1, 5, 4],
  [1, 2, 0],
  [0, 6, 1],
];
const sigma = itemNoise(rows, { labels: [...items, ...items], runs: [1, 1, 1, 1, 2, 2, 2, 2] });
// Of two runs residuals mirror each other: with variances of their own it can be inverted.
const noise = {
  ...sigma,
  data: sigma.data.map((v, k) => v + (k % 5 === 0 ? 1 + k : 0)),
};

function reordered(rdm: Rdm, order: readonly string[]): Rdm {
  const pairs = order.flatMap((one, i) => order.slice(i + 1).map((two) => rdm.between(one, two)));
  return new Rdm(pairs, { items: [...order] });
}

const score = async (a: Rdm, b: Rdm, of: object = noise): Promise<number> =>
  (await compareRdms(a, b, { method: "corr_cov", sigma: of as never, ...quiet })).single();

test("a sigma that names its items is matched by name, whatever the order of the RDM", async () => {
  const wanted = await score(x, y, { data: noise.data, shape: noise.shape });
  expect(await score(x, y)).toBeCloseTo(wanted, 12);
  for (const order of [
    ["d", "c", "b", "a"],
    ["c", "a", "d", "b"],
  ])
    expect(await score(reordered(x, order), y)).toBeCloseTo(wanted, 12);
});

test("a fit takes it by name too", () => {
  const options = { method: "corr_cov", sigma: noise } as const;
  const of = (order: readonly string[]) =>
    fitModel(selectModel([reordered(x, order), reordered(y, order)]), [y, x], options).score;
  expect(of(["d", "b", "a", "c"])).toBeCloseTo(of(items), 12);
});

test("items that the RDMs do not have are left out of sigma; those that sigma lacks are refused", async () => {
  const few = ["d", "a", "b"];
  const at = few.map((item) => items.indexOf(item));
  const part = { data: at.flatMap((i) => at.map((j) => noise.data[i * 4 + j])), shape: [3, 3] };
  const three = [reordered(x, few), reordered(y, few)] as const;
  expect(await score(...three)).toBeCloseTo(await score(...three, part), 12);
  const other = new Rdm([1, 2, 3, 4, 5, 7], { items: ["a", "b", "c", "x"] });
  await expect(score(other, other)).rejects.toMatchObject({ code: "ITEM_MISMATCH" });
  const crooked = { data: noise.data.slice(0, 12), shape: [3, 4], items };
  await expect(score(x, y, crooked)).rejects.toMatchObject({ code: "SHAPE_MISMATCH" });
});

test("RDMs without labels, and a sigma without items, go by position", async () => {
  const [p, q] = [new Rdm(x.condensed), new Rdm(y.condensed)];
  expect(await score(p, q)).toBeCloseTo(await score(x, y), 12);
});
