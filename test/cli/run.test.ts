import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkNotebook } from "../../kernel/notebook/check.ts";
import type { Ipynb } from "../../kernel/notebook/ipynb.ts";
import { recordSha256 } from "../../cli/run/record-hash.ts";
import type { RunRecord } from "../../cli/run/record.ts";

const main = join(import.meta.dirname, "../../dist/cli/main.js");
let folder = "";

beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "run-"))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

function tsrsa(
  args: readonly string[],
  onOutput?: (text: string, stop: () => void) => void,
): Promise<Ended> {
  const child = spawn(process.execPath, [main, ...args], { cwd: folder });
  const ended = { code: null as number | null, stdout: "", stderr: "" };
  child.stderr.on("data", (data: Buffer) => (ended.stderr += data.toString()));
  child.stdout.on("data", (data: Buffer) => {
    ended.stdout += data.toString();
    onOutput?.(ended.stdout, () => child.kill("SIGINT"));
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ ...ended, code })));
}

function write(name: string, text: string): void {
  mkdirSync(join(folder, "notebooks"), { recursive: true });
  writeFileSync(join(folder, "notebooks", name), text);
}

function readJson<T>(...path: string[]): T {
  return JSON.parse(readFileSync(join(folder, ...path), "utf8")) as T;
}

const tutorial = `// %% [markdown]
// # A <tutorial> & more
// ![a dot](dot.png) ![elsewhere](https://example.org/x.png)

// %% tags=["parameters"]
const n = 3;
let data = "demo", seed = 1;

// %% [markdown]
// ## Figures

// %%
const hook = (globalThis as any)[Symbol.for("Jupyter.hook")];
console.log(\`n is \${n}, data is \${data}\`);
console.error("careful <b>");
const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10" aria-label="a &quot;bar&quot;"><rect width="9" height="9"/></svg>';
hook.display({ "image/svg+xml": svg, "text/plain": "bar", "application/vnd.tsrsa.figure+json": { name: "Model RDM / 1", csv: "a,b\\n1,2\\n" } });
hook.display({ "image/svg+xml": svg, "image/png": "iVBORw0KGgo=", "text/plain": "bar", "text/csv": "c\\n3\\n" });
hook.display({ "application/vnd.tsrsa.result+json": { name: "rsa", value: n / 7 } });
hook.display({ "application/vnd.tsrsa.seed+json": { name: "folds", seed: 9 } });

// %%
n * 2
`;

describe("tsrsa run", () => {
  let ended: Ended;
  let record: RunRecord;
  beforeAll(async () => {
    write("tutorial.ts", tutorial);
    write("dot.png", "dot");
    writeFileSync(join(folder, "x.csv"), "abc");
    ended = await tsrsa(["run", "notebooks/tutorial", "-p", "n=5", "-p", "data=x.csv"]);
    record = readJson("out", "tutorial", "run.json");
  });

  test("its record bears the hash of all that it says", () => {
    expect(record).toHaveProperty("sha256", recordSha256(record));
  });

  test("says cell by cell how it went, the results, and where the page is", () => {
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(ended.stdout.replace(/\d+\.\d+ s/g, "T")).toBe(
      [
        "[1/4] A <tutorial> & more  T",
        "[2/4] parameters  T",
        "[3/4] Figures  T",
        "[4/4] n * 2  T",
        "",
        "results",
        "  rsa  0.7143",
        "",
        `the page is ${join("out", "tutorial", "tutorial.html")}`,
        "",
      ].join("\n"),
    );
  });

  test("the executed notebook is valid and holds the outputs", () => {
    const notebook = readJson<Ipynb>("out", "tutorial", "tutorial.ipynb");
    expect(checkNotebook(notebook)).toEqual([]);
    const code = notebook.cells.filter(({ cell_type }) => cell_type === "code");
    expect(code.map(({ execution_count }) => execution_count)).toEqual([1, 2, 3, 4]);
    expect(code[1].metadata.tags).toEqual(["injected-parameters"]);
    expect(code[2].outputs?.[0]).toEqual({
      output_type: "stream",
      name: "stdout",
      text: `n is 5, data is ${join(folder, "x.csv")}\n`,
    });
    expect(code[3].outputs).toEqual([
      {
        output_type: "execute_result",
        execution_count: 4,
        data: { "text/plain": "10" },
        metadata: {},
      },
    ]);
  });

  test("every figure is written as svg, png and csv", () => {
    expect(record.figures).toEqual([
      "model-rdm-1.svg",
      "model-rdm-1.png",
      "model-rdm-1.csv",
      "figure-02.svg",
      "figure-02.png",
      "figure-02.csv",
    ]);
    const read = (name: string): Buffer =>
      readFileSync(join(folder, "out", "tutorial", "figures", name));
    expect(read("model-rdm-1.csv").toString()).toBe("a,b\n1,2\n");
    expect(read("figure-02.csv").toString()).toBe("c\n3\n");
    expect(read("figure-02.png").toString("base64")).toBe("iVBORw0KGgo=");
    expect(read("model-rdm-1.png").subarray(1, 4).toString()).toBe("PNG");
  });

  test("the record says what ran, on what, and what came out", () => {
    expect(record).toMatchObject({
      notebook: join(folder, "notebooks", "tutorial.ts"),
      status: "ok",
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
      parameters: { n: 5, data: join(folder, "x.csv"), seed: 1 },
      seeds: { seed: 1, folds: 9 },
      results: { rsa: 5 / 7 },
      // sha256 of "abc", from FIPS 180-4
      data: [
        { bytes: 3, sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
      ],
    });
    expect(record.tsrsa).toMatch(/^\d+\.\d+\.\d+/);
    expect(record.cells.map(({ label }) => label)).toEqual([
      "A <tutorial> & more",
      "parameters",
      "Figures",
      "n * 2",
    ]);
    expect(new Date(record.finished).getTime()).toBeGreaterThanOrEqual(
      new Date(record.started).getTime(),
    );
    expect(record.cells.every(({ seconds }) => seconds >= 0 && seconds < 60)).toBe(true);
  });

  test("the page stands alone: title, figures inside, text escaped, nothing fetched", () => {
    const page = readFileSync(join(folder, "out", "tutorial", "tutorial.html"), "utf8");
    expect(page).toContain("<title>A &lt;tutorial&gt; &amp; more</title>");
    expect(page.match(/<img src="data:image\/svg\+xml;base64,/g)).toHaveLength(2);
    expect(page).toContain('alt="a &quot;bar&quot;"');
    expect(page).toContain('<pre class="text stderr">careful &lt;b&gt;');
    expect(page).toContain('<span class="t-keyword">const</span> hook');
    expect(page).toMatch(/<td[^>]*>rsa<\/td>/);
    expect(page).toContain('<img src="data:image/png;base64,ZG90" alt="a dot">');
    expect(page.match(/(src|href)="(https?:)?\/\/[^"]*/g)).toBeNull();
    expect(page).toContain("https://example.org/x.png]");
    expect(page).not.toContain("c\n3");
  });

  test("--json prints the record alone", async () => {
    const { code, stdout } = await tsrsa([
      "run",
      "notebooks/tutorial.ts",
      "--json",
      "--out",
      "elsewhere",
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      status: "ok",
      parameters: { n: 3, data: "demo", seed: 1 },
    });
    expect(existsSync(join(folder, "elsewhere", "tutorial.html"))).toBe(true);
  });
});

describe("a run that fails", () => {
  test("ends with code 1, names the line, and keeps what there was", async () => {
    write(
      "broken.ts",
      '// %%\nconsole.log("before");\n1\n\n// %%\ntype T = 1;\nconst x: any = undefined;\nx.y;\n\n// %%\n"never"\n',
    );
    const { code, stderr, stdout } = await tsrsa(["run", "notebooks/broken"]);
    expect(code).toBe(1);
    expect(stderr).toBe(
      [
        "",
        "TypeError: Cannot read properties of undefined (reading 'y')",
        `  at ${join("notebooks", "broken.ts")}:8:3`,
        "    x.y;",
        "      ^",
        "",
      ].join("\n"),
    );
    expect(stdout).toContain("[2/3]");
    expect(stdout).not.toContain("[3/3]");
    const notebook = readJson<Ipynb>("out", "broken", "broken.ipynb");
    expect(checkNotebook(notebook)).toEqual([]);
    expect(notebook.cells[0].outputs).toHaveLength(2);
    expect(notebook.cells[1].outputs?.[0]).toMatchObject({
      output_type: "error",
      ename: "TypeError",
    });
    expect(notebook.cells[2]).toMatchObject({ outputs: [], execution_count: null });
    const page = readFileSync(join(folder, "out", "broken", "broken.html"), "utf8");
    expect(page).toContain("1 cell was not run.");
    expect(readJson("out", "broken", "run.json")).toMatchObject({
      status: "error",
      error: { cell: 2, ename: "TypeError" },
    });
  });

  test("a cell tagged raises-exception may fail", async () => {
    write(
      "expected.ts",
      '// %% tags=["raises-exception"]\nthrow new Error("as told");\n\n// %%\n2\n',
    );
    const { code, stdout } = await tsrsa(["run", "notebooks/expected"]);
    expect({ code, second: stdout.includes("[2/2] 2") }).toEqual({ code: 0, second: true });
    const { cells } = readJson<Ipynb>("out", "expected", "expected.ipynb");
    expect(cells[0].outputs?.[0]).toMatchObject({ output_type: "error", evalue: "as told" });
  });

  test("a cell that never ends is stopped by Ctrl-C; the outputs stay", async () => {
    const begun = join(folder, "spinning");
    const cell = `require("node:fs").writeFileSync(${JSON.stringify(begun)}, "");`;
    write("endless.ts", `// %%\n1\n\n// %%\nconsole.log("spinning"); ${cell} while (true);\n`);
    let asked = false;
    const { code, stderr } = await tsrsa(["run", "notebooks/endless"], (_text, stop) => {
      if (asked) return;
      asked = true;
      void expect
        .poll(() => existsSync(begun), { timeout: 100_000 })
        .toBe(true)
        .then(stop);
    });
    expect(code).toBe(1);
    expect(stderr).toContain("KeyboardInterrupt: the cell was interrupted");
    const { cells } = readJson<Ipynb>("out", "endless", "endless.ipynb");
    expect(cells[1].outputs?.[0]).toMatchObject({ text: "spinning\n" });
  });

  test("process.exit in a cell is told plainly", async () => {
    write("exit.ts", '// %%\nconsole.log("bye"); process.exit(0);\n');
    const { code, stderr } = await tsrsa(["run", "notebooks/exit"]);
    expect(code).toBe(1);
    expect(stderr).toContain("the execution process exited (code 0) and its variables are lost");
    expect(readJson<Ipynb>("out", "exit", "exit.ipynb").cells[0].outputs?.[0]).toMatchObject({
      text: "bye\n",
    });
  });
});

describe("wrong usage ends with code 2 and says what to do", () => {
  test.each([
    [["run", "notebooks/tutorial", "-p", "m=1"], /no parameter m; it has n, data, seed/],
    [["run", "notebooks/tutorial", "-p", "n"], /invalid parameter "n"; write name=value/],
    [["run", "notebooks/broken", "-p", "n=1"], /no cell is tagged/],
    [
      ["run", "notebooks/nothing"],
      /there is no notebook notebooks\/nothing.ts or notebooks\/nothing.ipynb/,
    ],
    [["run"], /missing required argument/],
    [["run", "notebooks/tutorial", "--frob"], /unknown option '--frob'/],
    [["frob"], /unknown command/],
  ])("%j", async (args, message) => {
    const { code, stderr } = await tsrsa(args);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });

  test("--help and --version are no errors", async () => {
    expect(await tsrsa(["--help"])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/run .*\n[\s\S]*nb/) as string,
    });
    expect(await tsrsa(["--version"])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^tsrsa \d/) as string,
    });
  });
});

describe("tsrsa nb sync", () => {
  test("writes a valid .ipynb beside the script; --check tells when they differ", async () => {
    write("pair.ts", "// %%\nconst a = 1;\n\n// %% [markdown]\n// text\n");
    expect(await tsrsa(["nb", "sync", "notebooks/pair", "--check"])).toMatchObject({ code: 1 });
    expect(existsSync(join(folder, "notebooks", "pair.ipynb"))).toBe(false);
    expect(await tsrsa(["nb", "sync", "notebooks/pair.ts"])).toMatchObject({ code: 0 });
    expect(checkNotebook(readJson("notebooks", "pair.ipynb"))).toEqual([]);
    expect(await tsrsa(["nb", "sync", "notebooks/pair", "--check"])).toMatchObject({ code: 0 });
    write("pair.ts", "// %%\nconst a = 2;\n");
    const stale = await tsrsa(["nb", "sync", "notebooks/pair", "--check"]);
    expect(stale).toMatchObject({
      code: 1,
      stdout: `out of step: ${join("notebooks", "pair.ipynb")}\n`,
    });
  });

  test("an .ipynb without a script gives the script, and runs", async () => {
    await tsrsa(["nb", "sync", "notebooks/tutorial.ts"]);
    rmSync(join(folder, "notebooks", "tutorial.ts"));
    const { code, stdout } = await tsrsa(["run", "notebooks/tutorial", "-p", "n=14"]);
    expect({ code, rsa: stdout.includes("  rsa  2\n") }).toEqual({ code: 0, rsa: true });
    await tsrsa(["nb", "sync", "notebooks/tutorial.ipynb"]);
    expect(readFileSync(join(folder, "notebooks", "tutorial.ts"), "utf8")).toBe(tutorial);
  });
});
