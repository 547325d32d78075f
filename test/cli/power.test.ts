import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { runPower } from "../../cli/work/power.ts";
import { Rdm, rsaPower, writeNpy } from "../../src/index.ts";

const folder = mkdtempSync(join(tmpdir(), "tsrsa-power-"));
const at = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const distances = [1, 4, 5, 5, 5, 2, 4, 5, 1, 2];
const usual = { effect: "0,1", channels: 10, alpha: 0.05, sets: 6, seed: 2, people: "4,6" };

/** What a call prints. */
async function printed(run: () => Promise<void>): Promise<string> {
  const lines: string[] = [];
  const log = vi.spyOn(console, "log").mockImplementation((text: string) => void lines.push(text));
  await run().finally(() => log.mockRestore());
  return lines.join("\n");
}

test("tsrsa power prints what rsaPower says, and writes curves or a table", async () => {
  await writeNpy(at("model.npy"), { data: Float64Array.from(distances), shape: [10] });
  const options = { ...usual, noise: 2, json: true } as const;
  const out = await printed(() => runPower(at("model.npy"), [], { ...options, out: at("p.csv") }));
  const told = JSON.parse(out) as { plans: { rejected: number }[]; words: string };
  const direct = await rsaPower(
    { model: new Rdm(distances), nChannels: 10, noise: 2 },
    { people: [4, 6], effect: [0, 1], sets: 6, seed: 2, onProgress: false },
  );
  expect(told.plans).toEqual(JSON.parse(JSON.stringify(direct.plans)));
  expect(told.words).toBe(direct.words());
  const [head, first] = readFileSync(at("p.csv"), "utf8").split("\n");
  expect(head).toBe("effect,people,items,runs,power,lower,upper,without p");
  expect(first).toMatch(/^0,4,5,2,/);
  await printed(() => runPower(at("model.npy"), [], { ...options, out: at("p.svg") }));
  expect(readFileSync(at("p.svg"), "utf8")).toContain("<svg");
});

test("a pilot of people, and slips", async () => {
  await writeNpy(at("one.npy"), { data: Float64Array.from(distances, (d) => d + 1), shape: [10] });
  await writeNpy(at("two.npy"), { data: Float64Array.from(distances, (d) => 2 * d), shape: [10] });
  const run = (more: object) => () =>
    runPower(at("model.npy"), [at("one.npy"), at("two.npy")], { ...usual, json: true, ...more });
  expect(await printed(run({}))).toContain("estimated from 2 people");
  await expect(run({ people: "4,x" })()).rejects.toThrow("--people takes a number");
  await expect(run({ out: at("p.pdf") })()).rejects.toThrow(".svg, .png or .csv");
  await expect(run({ noise: 1 })()).rejects.toThrow("leave one out");
});
