import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Answer, Message } from "./support/client.ts";
import { printed, TestClient, types, value } from "./support/client.ts";

let client: TestClient;

beforeAll(async () => {
  client = await TestClient.start();
});

afterAll(async () => {
  await client.close();
});

const hook = 'globalThis[Symbol.for("Jupyter.hook")]';

function count({ reply }: Answer): number {
  return reply.content.execution_count as number;
}

function ofType({ published }: Answer, type: string): Message[] {
  return published.filter(({ header }) => header.msg_type === type);
}

async function running(id: string): Promise<void> {
  const begun = (): Message | undefined =>
    client.of(id).find(({ header }) => header.msg_type === "execute_input");
  await client.until(begun, 10, "the start of the cell");
}

describe("kernel_info", () => {
  test("says the protocol, the language and that there is a debugger", async () => {
    const { header, content } = await client.request("kernel_info_request", {});
    expect(header.msg_type).toBe("kernel_info_reply");
    expect(content).toMatchObject({
      status: "ok",
      protocol_version: "5.5",
      implementation: "tsrsa",
      debugger: true,
      language_info: { name: "typescript", file_extension: ".ts", mimetype: "text/typescript" },
    });
  });
});

describe("execute", () => {
  test("a cell is busy, told to all, valued, answered and then idle", async () => {
    const answer = await client.execute("6 * 7");
    expect(types(answer)).toEqual(["busy", "execute_input", "execute_result", "idle"]);
    expect(value(answer)).toBe("42");
    expect(answer.reply.content).toMatchObject({ status: "ok", payload: [], user_expressions: {} });
    const input = { code: "6 * 7", execution_count: count(answer) };
    expect(ofType(answer, "execute_input")[0].content).toEqual(input);
  });

  test("every message names the request it belongs to, and the topic is its type", async () => {
    const { reply, published } = await client.execute("console.log('x'); 1");
    const id = reply.parent.msg_id;
    expect(published.map(({ parent }) => parent.msg_id)).toEqual(published.map(() => id));
  });

  test("a silent cell shows no value, is not told to others and does not count", async () => {
    const before = await client.execute("1");
    const silent = await client.execute("console.log('heard'); silently = 2; silently", {
      silent: true,
    });
    expect(types(silent)).toEqual(["busy", "stream", "idle"]);
    const after = await client.execute("typeof silently");
    expect(count(after)).toBe(count(before) + 1);
  });

  test("a cell that is not to be kept does not count and is not in the history", async () => {
    const before = await client.execute("1");
    await client.execute("'not kept'", { store_history: false });
    expect(count(await client.execute("2"))).toBe(count(before) + 1);
    const { content } = await client.request("history_request", {
      hist_access_type: "search",
      pattern: "*not kept*",
    });
    expect(content.history).toEqual([]);
  });

  test("user expressions have their values, each its own error", async () => {
    const { reply, published } = await client.execute("const width = 3", {
      user_expressions: { area: "width ** 2", wrong: "noSuchName" },
    });
    expect(reply.content.user_expressions).toMatchObject({
      area: { status: "ok", data: { "text/plain": "9" }, metadata: {} },
      wrong: { status: "error", ename: "ReferenceError" },
    });
    expect(published.map(({ header }) => header.msg_type)).not.toContain("execute_result");
  });

  test("an error has name, message and a traceback with the TypeScript line and a caret", async () => {
    const answer = await client.execute(
      "type Size = { n: number };\nfunction fail(size: Size): never {\n  throw new RangeError(`bad ${size.n}`);\n}\nfail({ n: 3 });",
    );
    expect(types(answer)).toEqual(["busy", "execute_input", "error", "idle"]);
    const { content } = ofType(answer, "error")[0];
    expect(content).toMatchObject({ ename: "RangeError", evalue: "bad 3" });
    expect(content.traceback).toEqual([
      "RangeError: bad 3",
      `  at cell ${count(answer)}, line 3 in fail`,
      "      throw new RangeError(`bad ${size.n}`);",
      "            ^",
      `  called from cell ${count(answer)}, line 5`,
    ]);
    expect(answer.reply.content).toMatchObject({ status: "error", ...content });
  });

  test("an error that has no JSON form is still an error", async () => {
    const { reply } = await client.execute("throw { toString() { throw 1; }, big: 3n }");
    expect(reply.content).toMatchObject({ status: "error", ename: "Thrown" });
    expect(value(await client.execute("1 + 1"))).toBe("2");
  });

  test("an empty cell is fine", async () => {
    const { reply } = await client.execute("  \n");
    expect(reply.content.status).toBe("ok");
  });
});

describe("output", () => {
  test("no line of 100,000 is lost, in order, in few messages, all before idle", async () => {
    const answer = await client.execute(
      "for (let i = 0; i < 100_000; i++) console.log(`line ${i}`)",
    );
    const lines = printed(answer).split("\n");
    expect(lines.length).toBe(100_001);
    expect(lines.every((line, i) => i === 100_000 || line === `line ${i}`)).toBe(true);
    expect(ofType(answer, "stream").length).toBeLessThan(300);
    expect(types(answer).at(-1)).toBe("idle");
  });

  test("streams, displays and the value come in the order they were made", async () => {
    const answer = await client.execute(
      `console.log("a"); ${hook}.display({ "text/plain": "b" }); console.error("c"); console.log("d"); "e"`,
    );
    const shown = ["stream", "display_data", "stream", "stream", "execute_result"];
    expect(types(answer)).toEqual(["busy", "execute_input", ...shown, "idle"]);
    expect(printed(answer)).toBe("a\nd\n");
    expect(printed(answer, "stderr")).toBe("c\n");
  });

  test("a display with an id is updated under that id", async () => {
    const answer = await client.execute(
      `${hook}.display({ "text/plain": "1" }, { displayId: "p" });
       ${hook}.display({ "text/plain": "2" }, { displayId: "p", update: true });`,
    );
    const [first] = ofType(answer, "display_data");
    const [update] = ofType(answer, "update_display_data");
    expect(first.content).toEqual({
      data: { "text/plain": "1" },
      metadata: {},
      transient: { display_id: "p" },
    });
    expect(update.content.transient).toEqual({ display_id: "p" });
    expect(update.content.data).toEqual({ "text/plain": "2" });
  });

  test("what a timer prints goes to the cell that started it, also while another runs", async () => {
    const first = await client.execute(
      "let ticks = 0; const ticker = setInterval(() => console.log('tick', ++ticks), 20)",
    );
    const second = await client.execute(
      "console.log('second'); await new Promise((r) => setTimeout(r, 200)); clearInterval(ticker); console.log('done')",
    );
    expect(printed(second)).toBe("second\ndone\n");
    const late = printed({ ...first, published: client.of(first.reply.parent.msg_id ?? "") });
    expect(late).toMatch(/^tick 1\ntick 2\ntick 3\n/);
  });

  test("half a surrogate pair becomes a replacement character, as UTF-8 has no form for it", async () => {
    expect(printed(await client.execute("console.log('a\\ud800b 😀')"))).toBe("a\ufffdb 😀\n");
  });
});

describe("what comes after an error", () => {
  test("cells that wait are aborted, and one sent after the reply runs", async () => {
    const failing = await client.sendCell("await new Promise((r) => setTimeout(r, 100)); oops()");
    const waiting = await Promise.all(["1", "2"].map((code) => client.sendCell(code)));
    expect((await client.answer(failing)).reply.content.status).toBe("error");
    for (const id of waiting) {
      const answer = await client.answer(id);
      expect(answer.reply.content.status).toBe("aborted");
      expect(types(answer)).toEqual(["busy", "idle"]);
    }
    expect(value(await client.execute("'runs'"))).toBe("'runs'");
  });

  test("cells sent at once are aborted however fast the first fails", async () => {
    const ids = await Promise.all(["oops()", "1", "2", "3"].map((code) => client.sendCell(code)));
    const states = await Promise.all(
      ids.map(async (id) => (await client.answer(id)).reply.content.status),
    );
    expect(states).toEqual(["error", "aborted", "aborted", "aborted"]);
  });

  test("60 cells that fail, each sent after the reply to the last, all run", async () => {
    for (let i = 0; i < 60; i++) {
      const { reply } = await client.execute(`throw new Error("${i}")`);
      expect(reply.content.evalue).toBe(String(i));
    }
  });

  test("nothing is aborted when the request says so", async () => {
    const failing = await client.sendCell("oops()", { stop_on_error: false });
    const next = await client.sendCell("'next'");
    expect((await client.answer(failing)).reply.content.status).toBe("error");
    expect(value(await client.answer(next))).toBe("'next'");
  });
});

describe("while a cell runs", () => {
  test("control, heartbeat and what only looks are answered, and interrupt stops it", async () => {
    await client.execute("let kept = 41");
    const busy = await client.sendCell("kept++; while (true) {}");
    await running(busy);
    const began = performance.now();
    const { content } = await client.request("kernel_info_request", {}, 2, "control");
    expect(content.status).toBe("ok");
    expect((await client.request("kernel_info_request", {}, 2)).content.status).toBe("ok");
    await client.heartbeat.send("ping");
    expect(String(await client.heartbeat.receive())).toBe("ping");
    expect(performance.now() - began).toBeLessThan(1000);
    const { content: stopped } = await client.request("interrupt_request", {}, 2, "control");
    expect(stopped).toEqual({ status: "ok" });
    const answer = await client.answer(busy);
    expect(answer.reply.content).toMatchObject({ status: "error", ename: "KeyboardInterrupt" });
    expect(value(await client.execute("kept"))).toBe("42");
  });

  test("an interrupt at any moment of a cell's start stops it", async () => {
    for (let i = 0; i < 50; i++) {
      const id = await client.sendCell("while (true) {}");
      await running(id);
      await new Promise((done) => setTimeout(done, i / 10));
      await client.request("interrupt_request", {}, 2, "control");
      const { reply } = await client.answer(id, 2);
      expect(reply.content.ename).toBe("KeyboardInterrupt");
    }
  });

  test("an interrupt between cells does not stop the next", async () => {
    for (let i = 0; i < 50; i++) {
      await client.request("interrupt_request", {}, 2, "control");
      expect(value(await client.execute(`${i}`, {}, 5))).toBe(String(i));
    }
  });

  test("the first cell can be interrupted before its process is ready", async () => {
    const other = await TestClient.start();
    const { reply } = await other.execute("setTimeout(() => process.exit(), 10)");
    const told = (): Message | undefined =>
      other.of(reply.parent.msg_id ?? "").find(({ header }) => header.msg_type === "stream");
    await other.until(told, 5, "the word of the exit");
    const id = await other.sendCell("while (true) {}");
    await other.until(() => other.of(id)[0], 5, "busy");
    await other.request("interrupt_request", {}, 2, "control");
    expect((await other.answer(id, 3)).reply.content.ename).toBe("KeyboardInterrupt");
    expect(value(await other.execute("1 + 1"))).toBe("2");
    await other.close();
  });

  test("another request's idle is followed by the busy of the cell", async () => {
    const busy = await client.sendCell("await new Promise((r) => setTimeout(r, 300))");
    await running(busy);
    const info = await client.send("kernel_info_request", {});
    await client.answer(info);
    await client.answer(busy);
    expect(types({ reply: await client.reply(busy), published: client.of(busy) })).toEqual([
      "busy",
      "execute_input",
      "busy",
      "idle",
    ]);
  });

  test("the first output comes before the cell has ended", async () => {
    const id = await client.sendCell(
      "console.log('early'); await new Promise((r) => setTimeout(r, 500)); console.log('late')",
    );
    const early = (): Message | undefined =>
      client.of(id).find(({ header }) => header.msg_type === "stream");
    expect((await client.until(early, 5, "early output")).content.text).toBe("early\n");
    expect(client.received.some(({ parent }) => parent.msg_id === id)).toBe(false);
    await client.answer(id);
  });
});

describe("questions", () => {
  test("history: the last, a range, and a pattern, with outputs when asked", async () => {
    const { reply } = await client.execute("'pear' + 1");
    const line = reply.content.execution_count as number;
    await client.execute("'pear' + 2");
    const ask = async (content: object): Promise<unknown> =>
      (await client.request("history_request", { output: false, raw: true, ...content })).content
        .history;
    expect(await ask({ hist_access_type: "tail", n: 2 })).toEqual([
      [1, line, "'pear' + 1"],
      [1, line + 1, "'pear' + 2"],
    ]);
    const range = { hist_access_type: "range", session: 0, start: line, stop: line + 1 };
    expect(await ask(range)).toEqual([[1, line, "'pear' + 1"]]);
    expect(await ask({ ...range, output: true })).toEqual([[1, line, ["'pear' + 1", "'pear1'"]]]);
    expect(await ask({ hist_access_type: "search", pattern: "'pear' + ?", n: 1 })).toEqual([
      [1, line + 1, "'pear' + 2"],
    ]);
  });

  test("is_complete tells more to come from wrong", async () => {
    const ask = async (code: string): Promise<unknown> =>
      (await client.request("is_complete_request", { code })).content;
    expect(await ask("1+1")).toEqual({ status: "complete" });
    expect(await ask("function f(){")).toEqual({ status: "incomplete", indent: "  " });
    expect(await ask("const = 3")).toEqual({ status: "invalid" });
  });

  test("no comms are open at first", async () => {
    const { content } = await client.request("comm_info_request", {});
    expect(content).toEqual({ status: "ok", comms: {} });
  });

  test("name? answers in the pager", async () => {
    const { reply } = await client.execute("Math.hypot?");
    expect(reply.content.payload).toMatchObject([{ source: "page", start: 0 }]);
  });

  test("name?? answers with the source: of cells, of files and of packages", async () => {
    await client.execute(
      "const square = (x: number) => x * x; class Cat { purr(): string { return 'r' } }",
    );
    writeFileSync(
      join(client.folder, "own.ts"),
      "export function half(x: number): number {\n  return x / 2;\n}\n",
    );
    const home = join(client.folder, "node_modules", "old");
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, "index.js"), "exports.twice = (x) => x + x;\n");
    writeFileSync(join(home, "index.d.ts"), "export declare function twice(x: number): number;\n");
    await client.execute('import { half } from "./own.ts"; import { twice } from "old";');
    const page = async (code: string): Promise<string> => {
      const { reply } = await client.execute(code);
      const [{ data }] = reply.content.payload as { data: Record<string, string> }[];
      return data["text/plain"];
    };
    expect(await page("square??")).toContain("Source:\nconst square = (x: number) => x * x;");
    expect(await page("Cat.prototype.purr??")).toContain("purr(): string { return 'r' }");
    expect(await page("half??")).toContain("return x / 2;");
    expect(await page("twice??")).toContain("(x) => x + x");
    expect(await page("Math.hypot??")).not.toContain("Source");
    expect(await page("half?")).not.toContain("return x / 2;");
  });

  test("%load puts the text of a file into the cell, and says what is wrong with one that is not there", async () => {
    writeFileSync(join(client.folder, "part.ts"), "const part = 1;\n");
    const { reply } = await client.execute("%load part.ts");
    expect(reply.content.payload).toEqual([
      { source: "set_next_input", text: "// %load part.ts\nconst part = 1;\n", replace: true },
    ]);
    const missing = await client.execute("%load nowhere.ts");
    expect(missing.reply.content).toMatchObject({ status: "error", ename: "LoadError" });
    expect(String(missing.reply.content.evalue)).toContain("nowhere.ts");
  });

  test("a request whose content is wrong is answered with what is wrong", async () => {
    const { header, content } = await client.request("execute_request", { code: 3 });
    expect(header.msg_type).toBe("execute_reply");
    expect(content).toMatchObject({
      status: "error",
      ename: "InvalidMessage",
      evalue: "content.code has to be text, but is number",
    });
  });
});

describe("ending", () => {
  test("a shutdown is answered, also on iopub, and the process ends with code 0", async () => {
    const other = await TestClient.start();
    await other.sendCell("while (true) {}");
    const { content } = await other.request("shutdown_request", { restart: true }, 5, "control");
    expect(content).toEqual({ status: "ok", restart: true });
    expect(await other.exitCode).toBe(0);
    expect(other.published.some(({ header }) => header.msg_type === "shutdown_reply")).toBe(true);
    expect(other.stderr).toBe("");
    await other.close();
  });

  test("SIGTERM ends it too, and closes every socket", async () => {
    const other = await TestClient.start();
    process.kill(other.pid, "SIGTERM");
    expect(await other.exitCode).toBe(0);
    await other.close();
  });
});
