import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { checkOutput, checkOwnFolder } from "../../cli/check-output.ts";
import { makeProject } from "../../cli/work/new.ts";
import { drawRdms, plotFile } from "../../cli/work/plot.ts";
import { runReport } from "../../cli/work/report.ts";
import { Rdm } from "../../src/index.ts";

const folder = mkdtempSync(join(tmpdir(), "tsrsa-overwrite-"));
const at = (name: string): string => join(folder, name);
const here = process.cwd();
let said: string[] = [];
beforeEach(() => {
  process.chdir(folder);
  said = [];
  vi.spyOn(console, "log").mockImplementation(() => undefined);
  vi.spyOn(console, "error").mockImplementation((words: string) => void said.push(words));
});
afterEach(() => {
  process.chdir(here);
  vi.restoreAllMocks();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("tsrsa plot writes over no figure that nobody named; a named one is replaced, and it is said", async () => {
  writeFileSync(at("s.csv"), "time_s,faces\n0,0.1\n0.1,0.2\n");
  writeFileSync(at("s.svg"), "mine");
  await expect(plotFile("s.csv", {})).rejects.toThrow("s.svg is there already");
  expect(readFileSync(at("s.svg"), "utf8")).toBe("mine");
  await plotFile("s.csv", { out: "s.svg" });
  expect(readFileSync(at("s.svg"), "utf8")).toContain("<svg");
  expect(said).toEqual(["s.svg is there and will be replaced"]);
  await plotFile("s.csv", { out: "other.png" });
  expect(readFileSync(at("other.png")).subarray(1, 4).toString()).toBe("PNG");
});

test("of more RDMs than are drawn it is said, and written above them", () => {
  const rdms = Array.from({ length: 22 }, (_, k) => new Rdm([1, 2, 3 + k], { name: `r${k}` }));
  expect(drawRdms(rdms).svg).toContain("the first 20 of 22 RDMs");
  expect(said).toEqual([expect.stringContaining("the first 20 of 22 RDMs")]);
  expect(drawRdms(rdms.slice(2)).svg).not.toContain("the first");
});

test("tsrsa report writes over no report that somebody wrote on, but with --force", async () => {
  mkdirSync(at("run"));
  const run = { notebook: "n.ts", status: "ok", tsrsa: "0.1.0" };
  writeFileSync(at("run/run.json"), JSON.stringify(run));
  await runReport("run", {});
  await runReport("run", {});
  const words = readFileSync(at("run/report.md"), "utf8");
  writeFileSync(at("run/report.md"), `${words}\nmine\n`);
  await expect(runReport("run", {})).rejects.toThrow("report.md is there and is not what");
  await expect(runReport("run", { out: "run" })).rejects.toThrow("--force");
  expect(readFileSync(at("run/report.md"), "utf8")).toContain("mine");
  await runReport("run", { force: true });
  expect(readFileSync(at("run/report.md"), "utf8")).toBe(words);
});

test("a folder that a command makes anew is known by its mark", async () => {
  mkdirSync(at("own"));
  writeFileSync(at("own/n.html"), "mine");
  const check = (mark: string) => checkOwnFolder(at("own"), ["n.html"], { mark, inputs: [] });
  await expect(check("run.json")).rejects.toThrow("no run.json beside it");
  writeFileSync(at("own/run.json"), "{}");
  await check("run.json");
  await checkOwnFolder(at("own"), ["other.html"], { mark: "none", inputs: [] });
  await expect(
    checkOwnFolder(at("own"), ["n.html"], { mark: "run.json", inputs: [at("own/n.html")] }),
  ).rejects.toThrow("would be lost");
  expect(said).toEqual([]);
});

test("a file in place of a folder is named as what it is", async () => {
  writeFileSync(at("file"), "");
  await expect(makeProject("file")).rejects.toMatchObject({ code: "IN_THE_WAY" });
  await expect(makeProject("file/inside")).rejects.toMatchObject({ code: "IN_THE_WAY" });
  await checkOutput(at("new.csv"), []);
  // A device keeps what it is.
  if (existsSync("/dev/null")) await checkOutput("/dev/null", []);
  expect(said).toEqual([]);
});
