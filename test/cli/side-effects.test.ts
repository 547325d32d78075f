import { execFileSync, spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeNpy } from "../../src/io/index.ts";
import { root, tsrsa } from "./tsrsa.ts";

const main = join(root, "dist/cli/main.js");
let folder = "";
const at = (...names: string[]) => join(folder, ...names);
const read = (...names: string[]) => readFileSync(at(...names), "utf8");

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "rim-"));
  await writeNpy(at("features.npy"), { data: new Float64Array(40).map(Math.sqrt), shape: [4, 10] });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: string[]) => tsrsa(args, { cwd: folder });
const shell = (command: string) =>
  execFileSync("sh", ["-c", command], { cwd: folder, encoding: "utf8" }).trim();
const command = `"${process.execPath}" "${main}"`;

const drawing = (name: string) => `// %%
const hook = (globalThis as any)[Symbol.for("Jupyter.hook")];
const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>';
hook.display({ "image/svg+xml": svg, "application/vnd.tsrsa.figure+json": { name: "${name}", csv: "a\\n1\\n" } });
`;

describe("tsrsa run writes over and removes only what it made", () => {
  test("the user's figures stay, also one of the same name", async () => {
    mkdirSync(at("paper/figures"), { recursive: true });
    writeFileSync(at("paper/figures/figure1-final.svg"), "mine");
    writeFileSync(at("paper/figures/bar.svg"), "mine too");
    writeFileSync(at("draw.ts"), drawing("bar"));
    for (let i = 0; i < 2; i++)
      expect(await run("run", "draw", "--out", "paper")).toMatchObject({ code: 0, stderr: "" });
    expect(readdirSync(at("paper/figures")).sort()).toEqual(
      ["bar-2.csv", "bar-2.png", "bar-2.svg", "bar.svg", "figure1-final.svg"].sort(),
    );
    expect(read("paper/figures/bar.svg")).toBe("mine too");
    writeFileSync(at("draw.ts"), drawing("other"));
    await run("run", "draw", "--out", "paper");
    expect(readdirSync(at("paper/figures")).filter((name) => name.startsWith("bar-2"))).toEqual([]);
    expect(read("paper/figures/figure1-final.svg")).toBe("mine");
  });

  test("a run that fails leaves the last good one, and lies beside it", async () => {
    writeFileSync(at("again.ts"), drawing("good"));
    expect(await run("run", "again")).toMatchObject({ code: 0 });
    const good = ["run.json", "again.html", "again.ipynb"].map((name) => read("out/again", name));
    writeFileSync(at("again.ts"), '// %%\nthrow new Error("no");\n');
    const { code, stdout } = await run("run", "again");
    expect(code).toBe(1);
    expect(stdout).toContain(join("out", "again", "failed", "again.html"));
    expect(
      ["run.json", "again.html", "again.ipynb"].map((name) => read("out/again", name)),
    ).toEqual(good);
    expect(readdirSync(at("out/again/figures"))).toHaveLength(3);
    expect(JSON.parse(read("out/again/failed/run.json"))).toMatchObject({ status: "error" });
  });

  test("the notebook itself is not written over", async () => {
    writeFileSync(at("own.ts"), "// %%\n1\n");
    await run("nb", "sync", "own.ts");
    const before = read("own.ipynb");
    expect(await run("run", "own.ipynb", "--out", ".")).toMatchObject({ code: 2 });
    expect(read("own.ipynb")).toBe(before);
  });

  test.each(["SIGTERM", "SIGHUP"] as const)(
    "%s keeps the outputs, as Ctrl-C does",
    async (signal) => {
      writeFileSync(
        at(`${signal}.ts`),
        '// %%\n1\n\n// %%\nconsole.log("spinning"); while (true);\n',
      );
      const child = spawn(process.execPath, [main, "run", signal], { cwd: folder });
      child.stdout.on("data", (text: Buffer) => {
        if (text.toString().includes("[1/2]")) setTimeout(() => child.kill(signal), 500);
      });
      const code = await new Promise((resolve) => child.on("close", resolve));
      expect(code).toBe(1);
      expect(read("out", signal, `${signal}.ipynb`)).toContain("spinning");
    },
  );
});

describe("lost output is a failure", () => {
  test.runIf(existsSync("/dev/full"))("a full standard output", () => {
    expect(shell(`${command} rdm features.npy 2>err >/dev/full; echo $?`)).toBe("1");
    expect(read("err")).toBe("tsrsa: standard output could not be written: it is full\n");
  });

  test.runIf(process.platform === "linux")("a closed one", () => {
    expect(shell(`${command} rdm features.npy 2>err >&-; echo $?`)).toBe("1");
    expect(read("err")).toMatch(/standard output is closed/);
    expect(shell(`${command} rdm features.npy >/dev/null; echo $?`)).toBe("0");
  });

  test("a reader that goes away: no stack", () => {
    shell(`(${command} --help; echo $? >code) 2>err | true; sleep 1`);
    expect([read("code"), read("err")]).toEqual(["1\n", ""]);
  });
});

describe("exit codes and errors", () => {
  test.each([
    [["rsa", "a.npy", "b.npy", "--metric", "nope"], 2],
    [["data", "fetch", "nosuch"], 2],
    [
      [
        "rsa-epochs",
        "x-epo.fif",
        "--jobs",
        "0",
        "--model",
        "m.npy",
        "--items",
        "i",
        "--label-column",
        "c",
        "--out",
        "o.csv",
      ],
      2,
    ],
    [
      [
        "rsa-epochs",
        "x-epo.fif",
        "--jobs",
        "1.5",
        "--model",
        "m.npy",
        "--items",
        "i",
        "--label-column",
        "c",
        "--out",
        "o.csv",
      ],
      2,
    ],
    [["rdm", "missing.npy"], 1],
  ])("%j ends with %i", async (args, code) => {
    expect((await run(...args)).code).toBe(code);
  });

  test("with --json an error is JSON, also one of usage", async () => {
    const missing = await run("rdm", "missing.npy", "--json");
    expect(JSON.parse(missing.stderr)).toMatchObject({ error: { code: "MISSING_FILE" } });
    const usage = await run("rdm", "--json");
    expect(JSON.parse(usage.stderr)).toMatchObject({ error: { code: "USAGE" } });
    expect(usage.code).toBe(2);
  });

  test("the output path is looked at before the work", async () => {
    mkdirSync(at("folder"), { recursive: true });
    const { code, stderr } = await run("rdm", "missing.npy", "--out", "folder");
    expect(code).toBe(1);
    expect(stderr).toMatch(/a folder of that name is in the way/);
  });

  test.runIf(process.platform !== "win32")("a pipe is no folder", async () => {
    execFileSync("mkfifo", [at("fifo")]);
    expect((await run("rdm", "fifo")).stderr).toMatch(/a pipe, device or socket/);
  });

  test("escapes in names of files are shown and not obeyed", async () => {
    const { stderr } = await run("rdm", "\u001b[31mred.npy");
    expect(stderr).toContain("\\u001b[31mred.npy");
    expect(stderr).not.toContain("\u001b");
  });

  test("a constant RDM has no score, and that is said", async () => {
    await writeNpy(at("flat.npy"), { data: new Float64Array(6).fill(1), shape: [6] });
    await writeNpy(at("other.npy"), { data: new Float64Array([1, 2, 3, 4, 5, 6]), shape: [6] });
    const { stderr } = await run("rsa", "other.npy", "flat.npy");
    expect(stderr).toMatch(/no score for flat/);
  });
});

test("--out keeps what is no regular file", async () => {
  expect(await run("rdm", "features.npy", "--out", "/dev/null")).toMatchObject({ code: 0 });
  expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
});

describe("tsrsa nb sync keeps work that the script does not hold", () => {
  test("an .ipynb that is newer, or was edited though the script is newer; --force writes over it", async () => {
    writeFileSync(at("pair.ts"), "// %%\nconst a = 1;\n");
    await run("nb", "sync", "pair");
    const edited = JSON.parse(read("pair.ipynb")) as { cells: unknown[] };
    edited.cells.push({
      cell_type: "code",
      id: "new",
      metadata: {},
      source: ["mine"],
      outputs: [],
      execution_count: 3,
    });
    writeFileSync(at("pair.ipynb"), JSON.stringify(edited));
    expect(await run("nb", "sync", "pair")).toMatchObject({ code: 1 });
    writeFileSync(at("pair.ts"), "// %%\nconst a = 2;\n");
    const later = new Date(Date.now() + 10_000);
    utimesSync(at("pair.ts"), later, later);
    const both = await run("nb", "sync", "pair");
    expect(both).toMatchObject({ code: 1, stderr: expect.stringMatching(/--force/) as string });
    expect(read("pair.ipynb")).toContain("mine");
    expect(await run("nb", "sync", "pair", "--force")).toMatchObject({ code: 0 });
    expect(read("pair.ipynb")).not.toContain("mine");
  });
});
