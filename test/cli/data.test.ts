import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { tsrsa } from "./tsrsa.ts";

let folder = "";
let env: NodeJS.ProcessEnv = {};
const right = "one\n";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tsrsa-data-"));
  const sha256 = createHash("sha256").update(right).digest("hex");
  const files = [
    { path: "a.txt", url: "https://example.org/a.txt", sha256 },
    { path: "b.txt", url: "https://example.org/b.txt" },
  ];
  writeFileSync(join(folder, "registry.json"), JSON.stringify([{ name: "my-set", files }]));
  env = { TSRSA_DATA_DIR: folder, TSRSA_DATA_REGISTRY: join(folder, "registry.json") };
  mkdirSync(at(""), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, "my-set", name);

test("data verify says of each file what is known, and names rubbish and what is missing", async () => {
  writeFileSync(at("a.txt"), right);
  writeFileSync(at("b.txt"), "two\n");
  const whole = await tsrsa(["data", "verify", "my-set"], { env });
  expect(whole).toMatchObject({ code: 0, stderr: "" });
  expect(whole.stdout).toMatch(/a\.txt: right by its published hash\nb\.txt: only present/);
  writeFileSync(at("a.txt"), "rubbish");
  rmSync(at("b.txt"));
  const { code, stdout, stderr } = await tsrsa(["data", "verify", "my-set"], { env });
  expect(code).toBe(1);
  expect(stdout).toMatch(/a\.txt: WRONG\nb\.txt: MISSING/);
  expect(stderr).toMatch(/a\.txt is not the file we know.*\n.*b\.txt is missing/);
});

test("data remove keeps what no download put there, unless --yes is given", async () => {
  writeFileSync(at("a.txt"), right);
  writeFileSync(at("mine.txt"), "my own");
  mkdirSync(join(folder, "demo/my-set-v0.part-0123456789ab"), { recursive: true });
  const asked = await tsrsa(["data", "remove", "my-set"], { env });
  expect(asked.code).toBe(2);
  expect(asked.stderr).toMatch(/holds a file .*mine\.txt; nothing was removed.*pass --yes/s);
  expect(existsSync(at("a.txt"))).toBe(true);
  expect((await tsrsa(["data", "remove", "my-set", "--yes"], { env })).code).toBe(0);
  expect(existsSync(at(""))).toBe(false);
  expect(existsSync(join(folder, "demo/my-set-v0.part-0123456789ab"))).toBe(false);
});

test("data remove takes what can be fetched again without a question", async () => {
  writeFileSync(at("a.txt"), right);
  const { code, stdout } = await tsrsa(["data", "remove", "my-set"], { env });
  expect({ code, stdout }).toEqual({ code: 0, stdout: `${join(folder, "my-set")}\n` });
  expect(existsSync(at(""))).toBe(false);
});

test("data remove of a link removes the link alone, and asks first", async () => {
  rmSync(at(""), { recursive: true });
  mkdirSync(join(folder, "elsewhere"));
  writeFileSync(join(folder, "elsewhere/a.txt"), right);
  symlinkSync(join(folder, "elsewhere"), join(folder, "my-set"));
  expect((await tsrsa(["data", "remove", "my-set"], { env })).code).toBe(2);
  expect((await tsrsa(["data", "remove", "my-set", "--yes"], { env })).code).toBe(0);
  expect(existsSync(join(folder, "elsewhere/a.txt"))).toBe(true);
});
