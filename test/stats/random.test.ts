import { fc } from "../support/fast-check.ts";
import { describe, expect, test } from "vitest";
import { mean, random } from "../../src/stats/index.ts";

const drawn = (n: number, draw: () => number): number[] => Array.from({ length: n }, draw);

describe("random", () => {
  test("one seed, one stream; another seed, another", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (seed) => {
        expect(drawn(5, random(seed).next)).toEqual(drawn(5, random(seed).next));
      }),
    );
    const firsts = new Set(
      [0, 1, 2, -1, 0.1, 0.2, 2 ** 32, 2 ** 32 + 1].map((s) => random(s).next()),
    );
    expect(firsts.size).toBe(8);
  });

  test("the stream does not change from release to release", () => {
    expect(drawn(3, random(42).next)).toMatchInlineSnapshot(`
      [
        0.5666368473421621,
        0.4555303083903389,
        0.9801619252851284,
      ]
    `);
  });

  test("uniform numbers fill [0, 1) evenly", () => {
    const values = drawn(40000, random(3).next);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
    for (let tenth = 0; tenth < 10; tenth++) {
      const share = values.filter((v) => Math.floor(v * 10) === tenth).length / 40000;
      expect(Math.abs(share - 0.1)).toBeLessThan(0.01);
    }
  });

  test("normal numbers have mean 0, variance 1, and 95 in 100 within 1.96", () => {
    const values = drawn(40000, random(4).normal);
    expect(Math.abs(mean(values))).toBeLessThan(0.02);
    expect(Math.abs(mean(values.map((v) => v * v)) - 1)).toBeLessThan(0.03);
    expect(Math.abs(values.filter((v) => Math.abs(v) < 1.96).length / 40000 - 0.95)).toBeLessThan(
      0.01,
    );
  });

  test("a permutation has every number once, and every place is as likely", () => {
    const generator = random(5);
    const first = new Int32Array(4);
    for (let i = 0; i < 8000; i++) {
      const order = generator.permutation(4);
      expect([...order].sort()).toEqual([0, 1, 2, 3]);
      first[order[0]]++;
    }
    for (const count of first) expect(Math.abs(count / 8000 - 0.25)).toBeLessThan(0.02);
  });

  test("a seed must be a number", () => {
    expect(() => random(NaN)).toThrow(/invalid seed: NaN; give a finite number/);
  });
});
