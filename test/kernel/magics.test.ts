import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TestNotebook } from "./support/notebook.ts";
import { openNotebook } from "./support/notebook.ts";

const folder = mkdtempSync(join(tmpdir(), "magics-"));
let notebook: TestNotebook;

beforeAll(async () => {
  notebook = await openNotebook(folder);
});

afterAll(async () => {
  await notebook.close();
  rmSync(folder, { recursive: true, force: true });
});

test("an unknown magic is refused, with the one that is near", async () => {
  const refused = await notebook.error("%strct\nglobalThis.ran = true");
  expect(refused).toMatch(/SyntaxError: there is no magic %strct; did you mean %strict\?/);
  expect(await notebook.value("typeof (globalThis as any).ran")).toBe("'undefined'");
  expect(await notebook.error("1;\n%time 1")).toContain("SyntaxError");
  expect(await notebook.error("%%nothinglikeit")).toContain("%lsmagic lists");
});

test("%time tells how long, of an expression and of a cell, and keeps the value", async () => {
  const { outputs } = await notebook.run("%time 1 + 1");
  expect(outputs).toEqual([
    {
      type: "stream",
      name: "stdout",
      text: expect.stringMatching(/^Wall time: .*s \(CPU time/) as string,
    },
    { type: "result", bundle: { "text/plain": "2" } },
  ]);
  expect(await notebook.printed("%%time\nconst kept = 5;")).toMatch(/^Wall time/);
  expect(await notebook.value("kept")).toBe("5");
  expect(await notebook.error("%time\n\nnull.x")).toContain("line 3");
  expect(await notebook.error("%time null.x")).toMatch(/line 1\n {4}%time null\.x\n {15}\^/);
});

test("%timeit runs often", async () => {
  await notebook.value("let times = 0");
  expect(await notebook.printed("%timeit times += 1")).toMatch(/ per loop .* of 7 runs/);
  expect(Number(await notebook.value("times"))).toBeGreaterThan(7);
});

test("%%capture keeps what is printed in a name", async () => {
  const printed = await notebook.printed("%%capture heard\nconsole.log('a'); console.error('b')");
  expect(printed).toBe("");
  expect(await notebook.value("heard")).toBe("{ stdout: 'a\\n', stderr: 'b\\n' }");
  expect(await notebook.printed("console.log('again')")).toBe("again\n");
});

test("%env shows and sets, %who lists, %reset forgets", async () => {
  await notebook.run("%env TSRSA_MAGIC=5");
  expect(await notebook.value("process.env.TSRSA_MAGIC")).toBe("'5'");
  expect(await notebook.printed("%env TSRSA_MAGIC")).toBe("5\n");
  await notebook.run("const mine = new Map(), display = 3");
  expect(await notebook.printed("%who")).toMatch(/^mine +Map$/m);
  expect(await notebook.printed("%reset")).toMatch(/names were forgotten/);
  expect(await notebook.error("mine")).toContain("mine is not defined");
  expect(await notebook.value("typeof display")).toBe("'function'");
  expect(await notebook.value("const mine = 2; mine")).toBe("2");
  expect(await notebook.printed("%lsmagic")).toContain("%timeit");
});

test("%npm runs in the notebook's folder, and says when it fails", async () => {
  expect(await notebook.printed("%npm --version")).toMatch(/^\d+\.\d+/);
  expect(await notebook.error("%npm no-such-command")).toContain("ended with code");
});

test("%pwd, %cd and %ls say and change where files are read; imports stay the notebook's", async () => {
  const here = (await notebook.printed("%pwd")).trim();
  await notebook.run(
    "const files = require('node:fs'); files.mkdirSync('a dir'); files.writeFileSync('a dir/x.txt', ''); files.writeFileSync('.hidden', ''); files.writeFileSync('one.ts', 'export const one = 1')",
  );
  expect(await notebook.printed("%ls")).toBe("a dir/\none.ts\n");
  expect(await notebook.printed('%cd "a dir"')).toBe(`${join(here, "a dir")}\n`);
  expect(await notebook.printed("%ls")).toBe("x.txt\n");
  expect(await notebook.value("import { one } from './one.ts'; one")).toBe("1");
  expect(await notebook.error("%cd nowhere")).toContain("no such file or directory");
  expect(await notebook.printed("%ls ..")).toBe("a dir/\none.ts\n");
  expect(await notebook.printed("%cd ..\n%pwd")).toBe(`${here}\n`.repeat(2));
});

test.skipIf(process.platform === "win32")(
  "%%bash runs what stands below it, says how it ended, and a Stop ends it",
  async () => {
    const script = '%%bash\nfor i in 1 2; do\n  echo "line $i"\ndone\ncat <<< `echo ok`';
    expect(await notebook.printed(script)).toBe("line 1\nline 2\nok\n");
    expect(await notebook.printed("%%time\n%%bash\necho hi")).toMatch(/^hi\nWall time/);
    expect(await notebook.printed("%%bash")).toBe("");
    expect(await notebook.error("%%bash\nexit 3")).toContain("bash ended with code 3");
    const stopped = notebook.error(
      "%%bash\necho $$ > begun.part; mv begun.part begun; sleep 60; sleep 60; echo no",
    );
    while (!existsSync(join(folder, "begun"))) await new Promise((done) => setTimeout(done, 20));
    notebook.executor.interrupt();
    expect(await stopped).toContain("KeyboardInterrupt");
    const look = "kill -0 -- -$(cat begun) 2> /dev/null || { echo gone; break; }; sleep 0.1";
    expect(await notebook.printed(`%%bash\nfor i in $(seq 100); do ${look}; done`)).toBe("gone\n");
  },
);

test("a line for the shell, as other notebooks have it, is told where the shell is", async () => {
  expect(await notebook.error("!ls -la data")).toContain(
    "for a program of the shell write %%bash on the first line, and ls -la data below it",
  );
  expect(await notebook.error("!ls")).toContain("%%bash on the first line");
  expect(await notebook.error("!npm install lodash")).toContain("write %npm install lodash");
  expect(await notebook.value("!files")).toBe("false");
  expect(await notebook.error("!files.nothing.at")).not.toContain("%%bash");
});
