import { fc } from "../support/fast-check.ts";
import { describe, expect, test } from "vitest";
import { adjustPValues, fdr, studentTThreshold, studentTUpperTail } from "../../src/stats/index.ts";
import { permutationReference, statsReference } from "./permutation/reference.ts";

const { t, fdr: many } = permutationReference;

describe("Student's t", () => {
  test("has the upper tail of scipy's", () => {
    t.dof.forEach((dof, i) =>
      t.t.forEach((value, j) => {
        // scipy itself is right to ten digits there: 0.5 − atan(10⁻⁶) / π is ours.
        const digits = value === 1e-6 ? 1e-10 : 1e-11;
        const ratio = studentTUpperTail(value, dof) / t.sf[i][j];
        expect(Math.abs(ratio - 1), `t ${value}, dof ${dof}`).toBeLessThan(digits);
        expect(studentTUpperTail(-value, dof)).toBeCloseTo(1 - t.sf[i][j], 10);
      }),
    );
  });

  test("has the thresholds of scipy's", () => {
    t.dof.forEach((dof, i) =>
      t.p.forEach((p, j) => {
        expect(Math.abs(studentTThreshold(p, dof) / t.isf[i][j] - 1)).toBeLessThan(1e-10);
        expect(studentTThreshold(1 - p, dof)).toBeCloseTo(-t.isf[i][j], p > 1e-4 ? 9 : -9);
      }),
    );
  });

  test("refuses what is no probability and no degrees of freedom", () => {
    expect(() => studentTThreshold(1.2, 4)).toThrow(/invalid p: 1.2/);
    expect(() => studentTUpperTail(1, 0)).toThrow(/invalid dof/);
    expect(studentTUpperTail(Number.NaN, 4)).toBeNaN();
    expect(studentTUpperTail(Infinity, 4)).toBe(0);
  });
});

describe("corrected p values", () => {
  test("are those of MNE-Python", () => {
    const bh = fdr(many.p);
    expect([...bh.pValues]).toEqual(many.bh.map((p) => expect.closeTo(p, 13) as unknown));
    expect(bh.significant).toEqual(many.bhReject);
    expect([...fdr(many.p, { method: "by" }).pValues]).toEqual(
      many.by.map((p) => expect.closeTo(Math.min(1, p), 13) as unknown),
    );
    expect([...adjustPValues(many.p, "bonferroni")]).toEqual(
      many.bonferroni.map((p) => expect.closeTo(p, 13) as unknown),
    );
  });

  test("are those of MNE-Python 1.3, for its nine", () => {
    const one = statsReference.cases[10];
    const p = one.p?.data ?? [];
    const { indep, negcorr, bonf } = one.output as never as Record<string, { data: number[] }[]>;
    expect([...fdr(p).pValues]).toEqual(indep[1].data.map((q) => expect.closeTo(q, 14) as unknown));
    expect(fdr(p).significant).toEqual(indep[0].data.map((yes) => yes === 1));
    expect([...fdr(p, { method: "by" }).pValues]).toEqual(
      negcorr[1].data.map((q) => expect.closeTo(q, 14) as unknown),
    );
    expect([...adjustPValues(p, "bonferroni")]).toEqual(
      bonf[1].data.map((q) => expect.closeTo(q, 14) as unknown),
    );
  });

  test("leave out what was no test", () => {
    expect([...fdr([0.01, Number.NaN, 0.04]).pValues]).toEqual([0.02, Number.NaN, 0.04]);
    expect(fdr([Number.NaN]).nSignificant).toBe(0);
    expect(() => fdr([0.1, 1.5])).toThrow(/invalid p value: 1.5/);
    expect(() => fdr([0.1], { method: "bhh" as never })).toThrow(/did you mean "bh"/);
  });

  test("keep the order of the p values and never fall below them; Holm is never above Bonferroni", () => {
    const p = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(p, (values) => {
        const [holm, bonferroni, bh, by] = (
          ["holm", "bonferroni", "fdr-bh", "fdr-by"] as const
        ).map((rule) => adjustPValues(values, rule));
        values.forEach((value, i) => {
          expect(bh[i]).toBeGreaterThanOrEqual(value * (1 - 1e-12));
          expect(by[i]).toBeGreaterThanOrEqual(bh[i]);
          expect(holm[i]).toBeGreaterThanOrEqual(bh[i] * (1 - 1e-12));
          expect(bonferroni[i]).toBeGreaterThanOrEqual(holm[i]);
          values.forEach((other, j) => {
            if (value < other) expect(holm[i]).toBeLessThanOrEqual(holm[j]);
          });
        });
      }),
    );
  });
});
