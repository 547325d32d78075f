import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TestNotebook } from "./support/notebook.ts";
import { openNotebook } from "./support/notebook.ts";

const folder = mkdtempSync(join(tmpdir(), "autoreload-"));
let notebook: TestNotebook;
let edits = 0;

beforeAll(async () => {
  notebook = await openNotebook(folder);
});
afterAll(async () => {
  await notebook.close();
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
  // Two writes within one tick of the clock are two edits all the same.
  edits += 1;
  utimesSync(join(folder, name), new Date(), new Date(Date.now() + 1000 * edits));
}

test("what was imported from an edited file, or from one that needs it, is brought again", async () => {
  write("inner.ts", "export const n = 1;");
  write(
    "outer.ts",
    'import { n } from "./inner.ts"; export default () => n * 10; export const own = n;',
  );
  write("data.json", '{ "x": 1 }');
  await notebook.value(
    'import times, { own as mine } from "./outer.ts"; import * as whole from "./inner.ts"; import data from "./data.json"; const use = () => times() + whole.n;',
  );
  write("inner.ts", "export const n = 2;");
  expect(await notebook.value("[times(), mine, whole.n, use()].join()")).toBe("'10,1,1,11'");
  expect(await notebook.value("%autoreload\n[times(), mine, whole.n, use()].join()")).toBe(
    "'20,2,2,22'",
  );
  write("inner.ts", "export const n = 3;");
  write("data.json", '{ "x": 2 }');
  expect(await notebook.value("[times(), mine, whole.n, use(), data.x].join()")).toBe(
    "'30,3,3,33,2'",
  );
});

test("a name that the notebook gave another value keeps that", async () => {
  await notebook.value('let own = 0; import { n } from "./inner.ts"; own = 5;');
  await notebook.value("const mine = 'my own'; n");
  write("inner.ts", "export const n = 4;");
  expect(await notebook.value("[mine, own, n].join()")).toBe("'my own,5,4'");
});

test("a file that cannot be loaded as it is leaves the names, and says why", async () => {
  write("inner.ts", "export const n = ;");
  const { outcome, outputs } = await notebook.run("n");
  expect(outcome.status).toBe("ok");
  expect(outputs.find((output) => output.type === "stream")).toMatchObject({
    name: "stderr",
    text: expect.stringContaining("what was imported before stays") as string,
  });
  expect(outputs.find((output) => output.type === "result")).toMatchObject({
    bundle: { "text/plain": "4" },
  });
  write("inner.ts", "export const n = 6;");
  expect(await notebook.value("n")).toBe("6");
});

test("an export that is gone leaves the names too", async () => {
  write("inner.ts", "export const other = 7;");
  expect(await notebook.value("n")).toBe("6");
  write("inner.ts", "export const n = 7;");
});

test("%autoreload off ends it", async () => {
  expect(await notebook.value("%autoreload off\nn")).toBe("7");
  write("inner.ts", "export const n = 8;");
  expect(await notebook.value("n")).toBe("7");
  expect(await notebook.value('import { n } from "./inner.ts"; n')).toBe("8");
});
