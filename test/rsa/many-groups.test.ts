import { expect, test } from "vitest";
import { Rdm } from "../../src/rdm/index.ts";
import { evalBootstrap } from "../../src/rsa/index.ts";
import { random } from "../../src/stats/index.ts";
import { quiet } from "./toolbox.ts";

const draw = random(6);
const rdm = (): Rdm => new Rdm(Float64Array.from({ length: 6 }, draw.next));

/** Ceilings of samples by the same draws, each once and each twice: looked up or not, they are the same. */
test.each([3, 8, 9, 12])("ceilings of samples of %d RDMs, drawn again", async (n) => {
  const data = Array.from({ length: n }, rdm);
  const once = Array.from({ length: 5 }, () => ({
    rdms: Array.from({ length: n }, () => draw.integer(n)),
  }));
  for (const method of ["spearman", "tau-a"] as const) {
    const how = { method, resample: "rdms", ...quiet } as const;
    const twice = await evalBootstrap(rdm(), data, { ...how, draws: [...once, ...once] });
    const found = twice.noiseCeilings?.data ?? new Float64Array();
    for (const half of [0, 10])
      expect([...found.subarray(half, half + 5)]).toEqual([...found.subarray(half + 5, half + 10)]);
    for (const [at, alone] of once.entries()) {
      if (Number.isNaN(found[at])) continue; // One RDM alone was drawn.
      const single = await evalBootstrap(rdm(), data, { ...how, draws: [alone] });
      expect([...(single.noiseCeilings?.data ?? [])]).toEqual([found[at], found[10 + at]]);
    }
  }
});
