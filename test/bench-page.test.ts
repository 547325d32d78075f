import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "./cli/tsrsa.ts";

interface Pages {
  readonly pageOf: (bench: unknown) => string;
  readonly withSpeed: (readme: string, bench: unknown) => string;
}

const { pageOf, withSpeed } = (await import(join(root, "bench/page.mjs"))) as Pages;
const read = (path: string) => readFileSync(join(root, path), "utf8");
const bench: unknown = JSON.parse(read("docs/bench.json"));

describe("figures of speed are those of docs/bench.json", () => {
  test("docs/bench.md", () => {
    expect(read("docs/bench.md")).toBe(pageOf(bench));
  });

  test("README.md", () => {
    const readme = read("README.md");
    expect(readme).toBe(withSpeed(readme, bench));
    expect(readme).toMatch(/least of several rounds: .*\d times\), .* times\) and .* times\)\./);
  });

  test("a row that misses its figure says so, and one that others disturbed", () => {
    const own = { threads: 1, wallMs: { median: 20, min: 10 }, cpuMs: { median: 20, min: 10 } };
    const measured = { ratio: 3, ratioOfMinima: 4, ratioOfCpu: 4, target: 5 };
    const row = {
      ...{ name: "W9", title: "a row", baseline: "a peer", versions: { numpy: "2" }, extraMb: 1 },
      ...{ busyCores: 1.25, maxError: 0, firstCallMs: 7 },
      against: { wallMs: { median: 60, min: 40 }, cpuMs: { median: 60, min: 40 } },
      ours: [{ ...own, ...measured }],
      part: { share: 0.2, title: "a fifth" },
    };
    const machine = { cpu: "a processor", cores: 2, node: "v20" };
    const page = pageOf({ machine, rows: [row] });
    expect(page).toContain(
      "| W9: a row | 1 | 20.0 (10.0) | 20.0 | 7.00 | 60.0 (40.0) | 3.0× | 4.0×",
    );
    expect(page).toContain("| 5× (missed) |");
    expect(page).toContain("W9 began all the same while they took up to 1.25 of a core");
    expect(page).toContain("Of 1 figures to reach (of minima), 0 are reached.");
    expect(page).toContain("- W9: a peer; a fifth, its time taken 5 times");
  });
});
