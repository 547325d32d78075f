import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { computeRdm } from "../../../src/rdm/index.ts";
import { random } from "../../../src/stats/index.ts";
import { blockwiseRdm, type BlockwiseMetric } from "../../../src/networks/spooled/blockwise-rdm.ts";
import { SpooledRows } from "../../../src/networks/spooled/spooled-rows.ts";

const [n, k] = [9, 501];
const { normal } = random(2);
const data = Float32Array.from({ length: n * k }, () => 40 + normal());
// The third is the second again, the fourth nearly, the fifth constant.
data.copyWithin(2 * k, k, 2 * k);
data.copyWithin(3 * k, k, 2 * k);
data[3 * k] += 1e-3;
data.fill(0.1, 4 * k, 5 * k);

async function spooled(onDisk: boolean): Promise<SpooledRows> {
  const rows = await SpooledRows.open(k, onDisk);
  for (let i = 0; i < n; i++) await rows.add(data.slice(i * k, (i + 1) * k));
  return rows;
}

// Other tests put rows aside at the same time.
process.env["TMPDIR"] = mkdtempSync(join(tmpdir(), "spools-"));

const spools = () => readdirSync(tmpdir()).filter((name) => name.startsWith("tsrsa-spool-"));

describe("RDMs over blocks of features are those of all at once", () => {
  test.each(["correlation", "cosine", "euclidean", "sqeuclidean"] as BlockwiseMetric[])(
    "%s",
    async (metric) => {
      const exact = computeRdm({ data, shape: [n, k] }, { metric }).condensed;
      for (const bytes of [8 * n * 7, 8 * n * 100, 2 ** 25]) {
        const rows = await spooled(true);
        const found = await blockwiseRdm(rows, metric, {}, bytes);
        await rows.close();
        found.forEach((value, at) => {
          if (Number.isNaN(exact[at])) expect(value).toBeNaN();
          else
            expect(Math.abs(value - exact[at])).toBeLessThanOrEqual(1e-12 * Math.max(1, exact[at]));
        });
        // The same picture twice is no distance apart, and one that nearly is has its digits.
        expect(found[8]).toBe(exact[8]);
        expect(Math.abs(found[9] - exact[9])).toBeLessThanOrEqual(1e-12 + 1e-9 * exact[9]);
      }
    },
  );
});

test("rows on disk are those in memory, and nothing stays behind", async () => {
  const before = spools();
  const [disk, memory] = [await spooled(true), await spooled(false)];
  // An open file has no name, where the system lets it.
  if (process.platform !== "win32") expect(spools()).toEqual(before);
  expect(await disk.all()).toEqual(await memory.all());
  expect(await disk.part(3, 10, 20)).toEqual(await memory.part(3, 10, 20));
  expect([disk.mean(0), disk.isConstant(4), disk.isConstant(0)]).toEqual([
    memory.mean(0),
    true,
    false,
  ]);
  await disk.close();
  expect(spools().filter((name) => !before.includes(name))).toEqual([]);
});

test("a row that is not finite takes no other row's distances along", async () => {
  const holed = data.slice();
  holed[7] = NaN;
  holed[k + 3] = Infinity;
  for (const metric of ["correlation", "cosine", "euclidean", "sqeuclidean"] as const) {
    const exact = computeRdm({ data: holed, shape: [n, k] }, { metric }).condensed;
    const rows = await SpooledRows.open(k, true);
    for (let i = 0; i < n; i++) await rows.add(holed.slice(i * k, (i + 1) * k));
    const found = await blockwiseRdm(rows, metric, {}, 8 * n * 7);
    await rows.close();
    found.forEach((value, at) => {
      if (Number.isFinite(exact[at]))
        expect(Math.abs(value - exact[at])).toBeLessThanOrEqual(1e-12 * Math.max(1, exact[at]));
      else expect(value).toBe(exact[at]);
    });
    expect(found.filter(Number.isNaN).length).toBeLessThan(found.length);
  }
});

test("a job that is stopped says so", async () => {
  const rows = await spooled(false);
  const stopped = blockwiseRdm(rows, "correlation", { signal: AbortSignal.abort() });
  await expect(stopped).rejects.toMatchObject({ code: "CANCELLED" });
});
