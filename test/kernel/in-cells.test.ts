import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CommMessage, Outcome, Output } from "../../kernel/executor/protocol.ts";
import type { Executor, InputAnswer } from "../../kernel/session/executor-process.ts";
import { startExecutor } from "../../kernel/session/executor-process.ts";

const folder = mkdtempSync(join(tmpdir(), "in-cells-"));
const packagesFrom = join(import.meta.dirname, "../../package.json");
const comms: CommMessage[] = [];
let executor: Executor;
/** How the one in front of the notebook answers. */
let answers: (prompt: string, password: boolean) => InputAnswer | undefined = () => undefined;

beforeAll(async () => {
  writeFileSync(
    join(folder, "shows.ts"),
    'import { display } from "tslab"; export const show = () => display.html("file");',
  );
  executor = await startExecutor({
    cwd: folder,
    packagesFrom,
    onComm: (message) => comms.push(message),
    onInput: ({ id, prompt, password }) => {
      const answer = answers(prompt, password === true);
      if (answer !== undefined) setTimeout(() => executor.answer(id, answer), 20);
    },
  });
});

afterAll(async () => {
  await executor.close();
  rmSync(folder, { recursive: true, force: true });
});

async function run(code: string): Promise<{ outcome: Outcome; outputs: Output[] }> {
  const outputs: Output[] = [];
  const outcome = await executor.execute(code, { onOutput: (output) => outputs.push(output) });
  return { outcome, outputs };
}

async function valueOf(code: string): Promise<unknown> {
  const { outcome, outputs } = await run(code);
  if (outcome.status === "error")
    throw new Error(`${outcome.error.ename}: ${outcome.error.evalue}`);
  const last = outputs.at(-1);
  return last?.type === "result" ? last.bundle["text/plain"] : undefined;
}

describe("display in a cell", () => {
  test("shows in order, names outputs, clears, and waits for what comes later", async () => {
    const { outcome, outputs } = await run(`
      console.log("a");
      display(new Map([[1, 2]]), { id: "m" });
      display.update("m", 3);
      display.clear({ wait: true });
      display({ _repr_html_: () => new Promise((done) => setTimeout(done, 20, "late")) });`);
    expect(outcome.status).toBe("ok");
    expect(outputs.slice(0, 4)).toEqual([
      { type: "stream", name: "stdout", text: "a\n" },
      { type: "display", bundle: { "text/plain": "Map(1) { 1 => 2 }" }, displayId: "m" },
      { type: "display", bundle: { "text/plain": "3" }, displayId: "m", update: true },
      { type: "clear", wait: true },
    ]);
    expect(outputs[4]).toMatchObject({ type: "display", bundle: { "text/html": "late" } });
  });

  test("a display that fails is an error of the cell", async () => {
    const { outcome } = await run(
      'display({ _repr_html_: async () => { throw new Error("cannot draw") } }); 1',
    );
    expect(outcome).toMatchObject({ status: "error", error: { evalue: "cannot draw" } });
  });

  test("a notebook may take the names for itself", async () => {
    const other = await startExecutor({ cwd: folder });
    const outputs: Output[] = [];
    const onOutput = (output: Output): void => void outputs.push(output);
    await other.execute("const display = 1, input = 2; let prompt: number; class widget {}");
    await other.execute("display + input + String(prompt)", { onOutput });
    await other.execute("function display() { return 4 }");
    await other.execute("display()", { onOutput });
    await other.close();
    expect(outputs).toEqual([
      { type: "result", bundle: { "text/plain": "'3undefined'" } },
      { type: "result", bundle: { "text/plain": "4" } },
    ]);
  });

  test("metadata of a value goes with it", async () => {
    const { outputs } = await run(
      "({ _repr_mimebundle_: () => [{ 'text/plain': 'p' }, { 'text/plain': { a: 1 } }] })",
    );
    expect(outputs).toEqual([
      { type: "result", bundle: { "text/plain": "p" }, metadata: { "text/plain": { a: 1 } } },
    ]);
  });
});

describe("input", () => {
  test("a line, a password, and the questions of a browser", async () => {
    const prompts: [string, boolean][] = [];
    answers = (prompt, password) => {
      prompts.push([prompt, password]);
      return { value: prompt.startsWith("Sure") ? "yes" : "é1" };
    };
    expect(await valueOf('[await input("Name: "), await input.password("Key: ")].join()')).toBe(
      "'é1,é1'",
    );
    expect(await valueOf('[prompt("Age", "3"), confirm("Sure?")]')).toBe("[ 'é1', true ]");
    expect(prompts).toEqual([
      ["Name: ", false],
      ["Key: ", true],
      ["Age [3] ", false],
      ["Sure? [y/N] ", false],
    ]);
    answers = () => ({ value: "" });
    expect(await valueOf('[prompt("Age", "3"), confirm("Sure?"), await input()]')).toBe(
      "[ '3', false, '' ]",
    );
    answers = () => ({ value: "é".repeat(20_000) });
    expect(await valueOf('prompt("long").length')).toBe("20000");
  });

  test.each(["await input()", "prompt()"])("%s says when nobody can answer", async (code) => {
    answers = () => ({ refused: "there is nobody to ask" });
    expect((await run(code)).outcome).toMatchObject({
      status: "error",
      error: {
        ename: "InputRefused",
        evalue: expect.stringMatching(/^there is nobody to ask; set the value/) as string,
      },
    });
  });

  test.each(["await input()", "prompt()", "for (;;) prompt()"])(
    "%s is ended by an interrupt, and the next question by its own answer",
    async (code) => {
      answers = () => undefined;
      setTimeout(() => executor.interrupt(), 150);
      expect((await run(code)).outcome).toMatchObject({ error: { ename: "KeyboardInterrupt" } });
      answers = () => ({ value: "now" });
      expect(await valueOf("[prompt(), await input()]")).toBe("[ 'now', 'now' ]");
    },
  );
});

describe("comms in cells", () => {
  test("a slider moves a figure", async () => {
    comms.length = 0;
    const { outputs } = await run(`
      const slider = widget.slider({ max: 10, value: 3 });
      display("figure at 3", { id: "figure" });
      slider.onChange("value", (value) => display.update("figure", "figure at " + value));
      slider`);
    expect(outputs.at(-1)).toMatchObject({
      bundle: {
        "application/vnd.jupyter.widget-view+json": { model_id: comms[0].commId },
      },
    });
    const moved: Output[] = [];
    const message = {
      kind: "msg",
      commId: comms[0].commId,
      data: { method: "update", state: { value: 7 }, buffer_paths: [] },
    } as const;
    const outcome = await executor.comm(message, { cell: -1, onOutput: (o) => moved.push(o) });
    expect(outcome).toEqual({ status: "ok" });
    expect(moved).toEqual([
      {
        type: "display",
        bundle: { "text/plain": "'figure at 7'" },
        displayId: "figure",
        update: true,
      },
    ]);
    expect(await valueOf("slider.get('value')")).toBe("7");
  });

  test("a message is handled while a cell waits, and what it prints is its own", async () => {
    await run(
      'let got = 0; comm.register("t", (c) => c.onMessage(() => { got += 1; console.log("in") }))',
    );
    const cell = run(
      'while (got === 0) await new Promise((r) => setTimeout(r, 5)); console.log("out")',
    );
    await executor.comm({ kind: "open", commId: "q", targetName: "t", data: {} }, { cell: -2 });
    const printed: Output[] = [];
    await executor.comm(
      { kind: "msg", commId: "q", data: {} },
      { cell: -3, onOutput: (o) => printed.push(o) },
    );
    expect(printed).toEqual([{ type: "stream", name: "stdout", text: "in\n" }]);
    expect((await cell).outputs).toEqual([{ type: "stream", name: "stdout", text: "out\n" }]);
  });

  test("a handler that fails says so, and one that never ends can be interrupted", async () => {
    await run(`comm.register("bad", (c) => c.onMessage(({ data }) => {
      if (data.spin) while (true);
      throw new RangeError("no such voxel") }))`);
    await executor.comm({ kind: "open", commId: "b", targetName: "bad", data: {} }, { cell: -4 });
    const printed: Output[] = [];
    const onOutput = (output: Output): void => void printed.push(output);
    const failed = await executor.comm(
      { kind: "msg", commId: "b", data: {} },
      { cell: -5, onOutput },
    );
    expect(failed.status).toBe("error");
    expect(printed).toEqual([
      {
        type: "stream",
        name: "stderr",
        text: expect.stringMatching(/^RangeError: no such voxel \(cell \d+, line 3\)\n$/) as string,
      },
    ]);
    setTimeout(() => executor.interrupt(), 100);
    const spun = await executor.comm(
      { kind: "msg", commId: "b", data: { spin: true } },
      { cell: -6 },
    );
    expect(spun).toMatchObject({ status: "error", error: { ename: "KeyboardInterrupt" } });
    expect(await valueOf("1 + 1")).toBe("2");
  });
});

describe("an interrupt ends the timers cells started", () => {
  test("theirs, and not those of a library", async () => {
    await run(
      "let ticks = 0; setInterval(() => ticks++, 5); setTimeout(() => (ticks = -1e9), 60_000)",
    );
    setTimeout(() => executor.interrupt(), 100);
    await run("await new Promise(() => {})");
    const before = await valueOf("ticks");
    await new Promise((done) => setTimeout(done, 60));
    expect(Number(before)).toBeGreaterThan(0);
    expect(await valueOf("ticks")).toBe(before);
    expect(
      await valueOf(
        'import { promisify } from "node:util"; await promisify(setTimeout)(1); await new Promise((d) => setTimeout(d, 1, "arg"))',
      ),
    ).toBe("'arg'");
  });
});

describe("tslab in our kernel", () => {
  test("import, dynamic import, and a file beside the notebook", async () => {
    const { outcome, outputs } = await run(`
      import * as tslab from "tslab";
      import { show } from "./shows.ts";
      tslab.display.text("a");
      (await import("tslab")).display.raw("x/y", new Uint8Array([1]));
      show();
      const one = tslab.newDisplay();
      one.html("1"); one.html("2");
      tslab.versions.tslab`);
    expect(outcome.status).toBe("ok");
    const [, , , first, second] = outputs;
    expect(outputs.slice(0, 3)).toMatchObject([
      { bundle: { "text/plain": "a" } },
      { bundle: { "x/y": "AQ==" } },
      { bundle: { "text/html": "file" } },
    ]);
    expect(first).toMatchObject({ bundle: { "text/html": "1" }, update: false });
    expect(second).toMatchObject({ bundle: { "text/html": "2" }, update: true });
    expect(outputs.at(-1)).toMatchObject({ bundle: { "text/plain": "'1.0.22'" } });
  });
});
