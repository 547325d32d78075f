import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Lab } from "../../../cli/lab/server.ts";
import { emptyNotebook, notebookFolder, startLab, Visitor } from "./lab.ts";

const folder = notebookFolder();
let lab: Lab;
let visitor: Visitor;

beforeAll(async () => {
  lab = await startLab(folder);
  visitor = await Visitor.enter(lab);
});
afterAll(() => lab.close());

async function read(path: string): Promise<{ text: string; version: string }> {
  const answer = await visitor.ask(`/api/notebook?path=${path}`);
  return JSON.parse(answer.text) as { text: string; version: string };
}

function save(path: string, body: string, version?: string) {
  const headers: Record<string, string> =
    version === undefined ? { "If-None-Match": "*" } : { "If-Match": `"${version}"` };
  return visitor.ask(`/api/notebook?path=${path}`, { method: "PUT", headers, body });
}

test("a notebook is saved over the version that was read, and not over another", async () => {
  const first = await read("one.ts");
  const saved = await save("one.ts", "// %%\nmine;\n", first.version);
  expect(saved.status).toBe(200);
  const again = await save("one.ts", "// %%\nlost?\n", first.version);
  expect(again.status).toBe(412);
  const { reason, version } = JSON.parse(again.text) as { reason: string; version: string };
  expect(reason).toBe("one.ts was changed by another program or tab since it was opened here");
  expect(version).toBe((JSON.parse(saved.text) as { version: string }).version);
  expect(readFileSync(join(folder, "one.ts"), "utf8")).toBe("// %%\nmine;\n");
});

test("of two that save at once over the same version, one is told of the other", async () => {
  const { version } = await read("one.ts");
  const texts = Array.from({ length: 6 }, (_, i) => `// %%\nwriter ${i};\n`);
  const answers = await Promise.all(texts.map((text) => save("one.ts", text, version)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412, 412, 412]);
  const winner = answers.findIndex(({ status }) => status === 200);
  expect(readFileSync(join(folder, "one.ts"), "utf8")).toBe(texts[winner]);
});

test("what would be no notebook is not written", async () => {
  const { version } = await read("two.ipynb");
  const broken = JSON.stringify({
    cells: [{ cell_type: "code" }],
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  });
  for (const body of ["", "{", "[]", broken]) {
    const answer = await save("two.ipynb", body, version);
    expect([body, answer.status]).toEqual([body, 422]);
  }
  expect(readFileSync(join(folder, "two.ipynb"), "utf8")).toBe(emptyNotebook);
});

test("an older notebook, whose cells have no ids, is saved as it is", async () => {
  const old = JSON.stringify({
    cells: [{ cell_type: "markdown", metadata: {}, source: ["a"] }],
    metadata: {},
    nbformat: 4,
    nbformat_minor: 2,
  });
  expect((await save("old.ipynb", old)).status).toBe(200);
});

test("a save says which version it is for", async () => {
  const answer = await visitor.ask("/api/notebook?path=one.ts", { method: "PUT", body: "x" });
  expect(answer.status).toBe(400);
});

test("a new notebook takes the place of none, and has a name that every system can store", async () => {
  expect((await save("new.ts", "// %%\n")).status).toBe(200);
  expect((await save("new.ts", "// %%\n")).status).toBe(409);
  for (const name of [
    "con.ts",
    "ab:c.ts",
    "a?.ipynb",
    "q|.ts",
    `${"x".repeat(210)}.ts`,
    "tab\t.ts",
  ])
    expect([name, (await save(encodeURIComponent(name), "// %%\n")).status]).toEqual([name, 422]);
});

test("a rename never takes the place of a file, and keeps the kind", async () => {
  const rename = (from: string, to: string) =>
    visitor.ask(`/api/rename?${new URLSearchParams({ from, to }).toString()}`, { method: "POST" });
  writeFileSync(join(folder, "from.ts"), "// %%\nfrom\n");
  expect((await rename("from.ts", "one.ts")).status).toBe(409);
  expect((await rename("from.ts", "from.ipynb")).status).toBe(422);
  expect((await rename("from.ts", "data.csv")).status).toBe(403);
  expect((await rename("none.ts", "other.ts")).status).toBe(404);
  expect((await rename("from.ts", "to.ts")).status).toBe(200);
  expect(readFileSync(join(folder, "to.ts"), "utf8")).toBe("// %%\nfrom\n");
  expect(existsSync(join(folder, "from.ts"))).toBe(false);
});

test("an upload asks before it takes the place of a file, and leaves nothing half", async () => {
  const upload = (query: string, body: string) =>
    visitor.ask(`/api/upload?${query}`, { method: "POST", body });
  expect((await upload("path=own.csv", "1,2\n")).status).toBe(200);
  const again = await upload("path=own.csv", "3,4\n");
  expect(again.status).toBe(409);
  expect(JSON.parse(again.text)).toMatchObject({ mayReplace: true });
  expect(readFileSync(join(folder, "own.csv"), "utf8")).toBe("1,2\n");
  expect((await upload("path=own.csv&replace=yes", "3,4\n")).status).toBe(200);
  expect(readFileSync(join(folder, "own.csv"), "utf8")).toBe("3,4\n");
  expect((await upload("path=aux.csv", "")).status).toBe(422);
  const tooLarge = await visitor
    .ask("/api/upload?path=big.bin", {
      method: "POST",
      headers: { "Content-Length": String(5 * 2 ** 30) },
    })
    .catch(() => ({ status: 413 }));
  expect(tooLarge.status).toBe(413);
  expect(readdirSync(folder).filter((name) => /big|part/.test(name))).toEqual([]);
});
