import { expect, test } from "vitest";
import { Rdm, pairDataset } from "tsrsa";
import { holdOut } from "../../src/pairs/network/hold-out.ts";

const rdm = new Rdm(Float64Array.from({ length: 435 }, (_, at) => (at * 7919) % 101));
const features = Array.from({ length: 30 }, (_, at) => [at, Math.sin(at)]);
const pairsOf = ({ i, j }: { i: Int32Array; j: Int32Array }) =>
  Array.from(i, (first, at) => `${first} ${j[at]}`);

test("images that tell when to stop are in no pair that is learned", () => {
  const [fold] = pairDataset(rdm, features).folds;
  const { learn, check, learnImages } = holdOut(fold, "images", 0.25, 0);
  const learned = new Set([...learn.i, ...learn.j]);
  const checked = [...new Set([...check.i, ...check.j])];
  expect(checked.length).toBeGreaterThanOrEqual(4);
  expect(checked.filter((image) => learned.has(image) || learnImages.includes(image))).toEqual([]);
  expect(learnImages.length + checked.length).toBe(fold.trainImages.length);
});

test("of a leaky split, pairs that tell when to stop are not learned", () => {
  const [fold] = pairDataset(rdm, features, { split: "pairs-leaky" }).folds;
  const { learn, check } = holdOut(fold, "pairs-leaky", 0.25, 0);
  const learned = new Set(pairsOf(learn));
  expect(check.target.length).toBe(Math.floor(0.25 * fold.train.target.length));
  expect(pairsOf(check).filter((pair) => learned.has(pair))).toEqual([]);
  expect(learned.size + check.target.length).toBe(fold.train.target.length);
});
