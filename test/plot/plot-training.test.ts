import { expect, test } from "vitest";
import { plotTraining } from "../../src/plot/index.ts";
import { textsOf } from "./fixtures.ts";

/** What a network of so many epochs leaves behind, as far as it is drawn. */
function trained(epochs: number) {
  const history = Array.from({ length: epochs }, (_, at) => ({
    epoch: at + 1,
    trainLoss: 1 / (at + 1),
    validationLoss: 1.2 / (at + 1),
  }));
  return { folds: [{ history }], dataset: {} } as never;
}

const ticksOf = (svg: string) => textsOf(svg).filter((text) => /^\d+$/.test(text));

test("epochs are whole: two of them have two ticks", () => {
  const { svg } = plotTraining({ network: trained(2) });
  expect(ticksOf(svg).filter((tick) => tick === "2")).toHaveLength(1);
  const many = new Set(ticksOf(plotTraining({ network: trained(60) }).svg));
  expect([...many].filter((tick) => Number(tick) > 1)).toEqual(["12", "24", "36", "48", "60"]);
});

test("four results stand two by two, each under its name, so that letters stay as large", () => {
  const results = Object.fromEntries(["one", "two", "three", "four"].map((n) => [n, trained(3)]));
  const four = plotTraining(results);
  const two = plotTraining({ one: trained(3), two: trained(3) });
  expect(four.width).toBe(two.width);
  expect(four.height).toBeGreaterThan(two.height);
  const texts = textsOf(four.svg);
  for (const name of Object.keys(results)) expect(texts).toContain(name);
});
