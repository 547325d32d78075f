import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { Output } from "../../../kernel/executor/protocol.ts";
import { parsePercent } from "../../../kernel/notebook/percent.ts";
import { startExecutor } from "../../../kernel/session/executor-process.ts";

const notebooks = join(import.meta.dirname, "../../../notebooks");
const data = mkdtempSync(join(tmpdir(), "stock-tslab-"));
const env = { TSRSA_DATA_DIR: data, TSRSA_OFFLINE: "1" };
const resultMime = "application/vnd.tsrsa.result+json";

afterAll(() => rmSync(data, { recursive: true, force: true }));

interface Stock {
  readonly ok: readonly boolean[];
  readonly values: readonly string[];
  readonly errors: readonly string[];
  readonly shown: readonly { data: Record<string, string>; id?: string; update: boolean }[];
}

/** Runs cells in stock tslab 1.0.22, beside the notebooks. */
async function inStockTslab(cells: readonly string[]): Promise<Stock> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "run-stock-tslab.mjs")], {
    cwd: notebooks,
    env: { ...process.env, ...env },
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.stdin.end(JSON.stringify(cells));
  let out = "";
  for await (const text of child.stdout.setEncoding("utf8")) out += text as string;
  return JSON.parse(out.slice(out.lastIndexOf("\n"))) as Stock;
}

async function inOurKernel(cells: readonly string[]): Promise<Output[]> {
  const executor = await startExecutor({ cwd: notebooks, env });
  const outputs: Output[] = [];
  for (const cell of cells) {
    const outcome = await executor.execute(cell, { onOutput: (output) => outputs.push(output) });
    if (outcome.status === "error") throw new Error(outcome.error.evalue);
  }
  await executor.close();
  return outputs;
}

/** The code of a notebook, with demo data. */
function cellsOf(name: string): string[] {
  return parsePercent(readFileSync(join(notebooks, name), "utf8"))
    .filter(({ kind }) => kind === "code")
    .map(({ source, tags }) =>
      tags.includes("parameters") ? source.replace(/= "real"/, '= "demo"') : source,
    );
}

describe("the library under stock tslab", () => {
  test("computes, shows through tslab's display, and its types are checked", async () => {
    const cells = [
      'import { Rdm, computeRdm, plotRdms, rsa, display, progress, report } from "tsrsa"',
      'const data = computeRdm([[1, 2, 3], [3, 1, 2], [2, 9, 4], [1, 1, 8]], { metric: "correlation", items: ["a", "b", "c", "d"] });',
      'const model = new Rdm([1, 2, 3, 4, 5, 7], { items: ["d", "c", "b", "a"] });',
      'String(rsa(data, model, { metric: "pearson" }).single())',
    ];
    const shows = [
      "await display(data)",
      "await display(plotRdms(data))",
      'report("score", 0.5)',
      'const line = progress("steps", 2); line.update(1); line.finish();',
    ];
    const stock = await inStockTslab([...cells, ...shows, "rsa(data, 3)"]);
    expect(stock.ok).toEqual([...Array<boolean>(8).fill(true), false]);
    expect(stock.errors.join()).toContain("'number' is not assignable to parameter of type 'Rdm");
    const ours = await inOurKernel(cells);
    const value = ours.at(-1);
    expect(value?.type === "result" && value.bundle["text/plain"]).toBe(`'${stock.values[0]}'`);
    const [rdm, figure, score, started, finished] = stock.shown;
    expect(rdm.data["text/plain"]).toMatch(/^Rdm/);
    expect(figure.data["image/png"]).toMatch(/^iVBORw0KGgo/);
    expect(score.data).toEqual({ "text/plain": "score: 0.5" });
    expect([started.update, finished.update]).toEqual([false, true]);
    expect(finished.id).toBe(started.id);
  });

  test.each(["00-first-rsa.ts", "01-sensor-level-meg.ts"])(
    "%s gives the same numbers as in our kernel",
    async (name) => {
      const cells = cellsOf(name);
      const [stock, ours] = [await inStockTslab(cells), await inOurKernel(cells)];
      expect(stock.errors).toEqual([]);
      const reported = ours.flatMap((output) =>
        output.type === "display" && output.bundle[resultMime] !== undefined
          ? [output.bundle["text/plain"]]
          : [],
      );
      expect(reported.length).toBeGreaterThan(0);
      const texts = stock.shown.map((one) => one.data["text/plain"]);
      // What an exercise says of an answer is no result.
      const said = (text: unknown) => typeof text === "string" && !text.startsWith("✓");
      expect(texts.filter(said)).toEqual(reported);
    },
    120_000,
  );
});
