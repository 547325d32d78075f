import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Message } from "./support/client.ts";
import { printed, TestClient, types, value } from "./support/client.ts";

let client: TestClient;

beforeAll(async () => {
  client = await TestClient.start();
});

afterAll(async () => {
  await client.close();
});

function asked(id: string): Promise<Message> {
  const find = (): Message | undefined =>
    client.received.find(({ channel, parent }) => channel === "stdin" && parent.msg_id === id);
  return client.until(find, 5, "the question");
}

async function answer(text: string): Promise<void> {
  await client.send("input_reply", { value: text }, { channel: "stdin" });
}

describe("input", () => {
  test("is asked of the front end of the cell, after what was printed before", async () => {
    const id = await client.sendCell(
      'console.log("before"); const name = await input("Name: "); name.toUpperCase()',
      { allow_stdin: true },
    );
    const { header, content } = await asked(id);
    expect(header.msg_type).toBe("input_request");
    expect(content).toEqual({ prompt: "Name: ", password: false });
    await answer("ada");
    expect(value(await client.answer(id))).toBe("'ADA'");
  });

  test("a password is asked as one, and code that waits without await gets its answer too", async () => {
    const id = await client.sendCell("await input.password('Key: ')", { allow_stdin: true });
    expect((await asked(id)).content.password).toBe(true);
    await answer("secret");
    expect(value(await client.answer(id))).toBe("'secret'");
    const sync = await client.sendCell("prompt('Age')", { allow_stdin: true });
    await asked(sync);
    await answer("7");
    expect(value(await client.answer(sync))).toBe("'7'");
  });

  test("where the front end takes no input the cell is told so", async () => {
    const { reply } = await client.execute("await input('Name')", { allow_stdin: false });
    expect(reply.content).toMatchObject({ status: "error", ename: "InputRefused" });
  });

  test.each(["await input('?')", "prompt('?')"])("%s can be interrupted", async (code) => {
    const id = await client.sendCell(code, { allow_stdin: true });
    await asked(id);
    await client.request("interrupt_request", {}, 2, "control");
    expect((await client.answer(id, 5)).reply.content.ename).toBe("KeyboardInterrupt");
    await answer("too late");
    expect(value(await client.execute("1 + 1"))).toBe("2");
  });

  test("an answer nobody asked for changes nothing", async () => {
    await answer("unasked");
    expect(value(await client.execute("1 + 1"))).toBe("2");
  });
});

describe("comms", () => {
  test("one that a cell opens is told to front ends, listed, spoken to, and closed", async () => {
    const opened = await client.execute(
      `const channel = comm.open("scale", { factor: 2 });
       channel.onMessage(({ data, buffers }) => {
         console.log("heard", data.n);
         channel.send({ twice: 2 * Number(data.n) }, { buffers: [new Uint8Array(buffers[0] ?? []).reverse()] });
       });`,
    );
    const open = opened.published.find(({ header }) => header.msg_type === "comm_open");
    expect(open?.content).toMatchObject({ target_name: "scale", data: { factor: 2 } });
    const commId = open?.content.comm_id as string;
    const list = async (content: object): Promise<unknown> =>
      (await client.request("comm_info_request", content)).content.comms;
    expect(await list({})).toEqual({ [commId]: { target_name: "scale" } });
    expect(await list({ target_name: "other" })).toEqual({});

    const id = await client.send(
      "comm_msg",
      { comm_id: commId, data: { n: 21 } },
      { buffers: [Buffer.from([1, 2, 3])] },
    );
    const isIdle = ({ content }: Message): boolean => content.execution_state === "idle";
    await client.until(() => client.of(id).find(isIdle), 5, "the idle of the comm message");
    const shown = client.of(id);
    expect(types({ reply: open as Message, published: shown })).toEqual([
      "busy",
      "stream",
      "comm_msg",
      "idle",
    ]);
    expect(printed({ reply: open as Message, published: shown })).toBe("heard 21\n");
    expect(shown[2].content).toEqual({ comm_id: commId, data: { twice: 42 } });
    expect(shown[2].buffers).toEqual([Buffer.from([3, 2, 1])]);

    const closed = await client.execute("channel.close()");
    expect(types(closed)).toContain("comm_close");
    expect(await list({})).toEqual({});
  });

  test("one that a front end opens reaches the target, and an unknown target closes it", async () => {
    await client.execute('comm.register("echo", (end, { data }) => { end.send({ got: data }); })');
    const opened = randomUUID();
    const id = await client.send("comm_open", {
      comm_id: opened,
      target_name: "echo",
      data: { a: 1 },
    });
    const message = (type: string, of: string) => (): Message | undefined =>
      client.of(of).find(({ header }) => header.msg_type === type);
    const reply = await client.until(message("comm_msg", id), 5, "the echo");
    expect(reply.content).toEqual({ comm_id: opened, data: { got: { a: 1 } } });
    const unknown = randomUUID();
    const other = await client.send("comm_open", { comm_id: unknown, target_name: "nobody" });
    const close = await client.until(message("comm_close", other), 5, "the close");
    expect(close.content.comm_id).toBe(unknown);
  });

  test("a message is handled while a cell waits", async () => {
    await client.execute(
      `let level = 0; const slider = comm.open("slider"); slider.onMessage(({ data }) => { level = Number(data.value); });`,
    );
    const comms = (await client.request("comm_info_request", { target_name: "slider" })).content
      .comms as object;
    const [commId] = Object.keys(comms);
    const id = await client.sendCell(
      "while (level === 0) await new Promise((r) => setTimeout(r, 5)); level",
    );
    await client.send("comm_msg", { comm_id: commId, data: { value: 3 } });
    expect(value(await client.answer(id, 5))).toBe("3");
  });

  test("are closed when their process ends", async () => {
    await client.execute('comm.open("lost")');
    const answer = await client.execute("process.exit(1)");
    const { content } = await client.request("comm_info_request", {});
    expect(content.comms).toEqual({});
    expect(types(answer)).toContain("comm_close");
  });
});

describe("language", () => {
  test("completion knows earlier cells, and counts code points", async () => {
    await client.execute("const smile = { wideness: 1 }");
    const code = "'😀'; smile.wid";
    const { content } = await client.request("complete_request", { code, cursor_pos: 15 - 1 });
    expect(content).toMatchObject({
      status: "ok",
      matches: ["wideness"],
      cursor_start: 11,
      cursor_end: 14,
    });
  });

  test("completion is answered while a cell is busy", async () => {
    const busy = await client.sendCell("while (true) {}");
    const { content } = await client.request("complete_request", { code: "Math.hyp" }, 5);
    expect(content.matches).toEqual(["hypot"]);
    await client.request("interrupt_request", {}, 2, "control");
    await client.answer(busy);
  });

  test("inspect answers with documentation", async () => {
    const { content } = await client.request("inspect_request", {
      code: "Math.hypot(1)",
      cursor_pos: 8,
    });
    expect(content).toMatchObject({ status: "ok", found: true, metadata: {} });
    expect(Object.keys(content.data as object)).toContain("text/plain");
  });

  test("type errors are warnings where somebody reads them, and do not stop the cell", async () => {
    const { reply, published } = await client.execute("const n: string = 3; n", {
      allow_stdin: true,
    });
    expect(value({ reply, published })).toBe("3");
    const warning = (): Record<string, unknown> | undefined =>
      client
        .of(reply.parent.msg_id ?? "")
        .filter(({ header }) => header.msg_type === "display_data")
        .map(({ content }) => content.data as Record<string, unknown>)[0];
    const shown = await client.until(warning, 10, "the warning");
    expect(shown["text/plain"]).toMatch(
      /^type warning at cell \d+, line 1: Type 'number' is not assignable to type 'string'. \(TS2322\)$/,
    );
    // Nothing on stderr, which front ends show as an error.
    expect(printed({ reply, published }, "stderr")).toBe("");
    expect(shown["text/html"]).toContain("'number'");
    expect(shown["application/vnd.tsrsa.type-warnings+json"]).toEqual([
      { line: 1, message: "Type 'number' is not assignable to type 'string'. (TS2322)" },
    ]);
  });

  test("of a long chain of reasons a warning has the first and the last", async () => {
    const code =
      "type Deep = { a: { b: { c: string } } };\nconst deep: Deep = { a: { b: { c: 1 } } } as { a: { b: { c: number } } };";
    const { reply } = await client.execute(code, { allow_stdin: true });
    const text = (): string | undefined =>
      client
        .of(reply.parent.msg_id ?? "")
        .filter(({ header }) => header.msg_type === "display_data")
        .map(({ content }) => String((content.data as Record<string, unknown>)["text/plain"]))[0];
    expect(await client.until(text, 10, "the warning")).toMatch(
      /^type warning at cell \d+, line 2: Type .* is not assignable to type 'Deep'\. … Type 'number' is not assignable to type 'string'\. \(TS2322\)$/,
    );
  });

  test("the names of a cell that failed half-way are known afterwards, also to the type check", async () => {
    await client.execute('let begun = 42; throw new Error("half-way")');
    const { reply, published } = await client.execute("%strict\nbegun satisfies number; begun");
    expect(reply.content).toMatchObject({ status: "ok" });
    expect(value({ reply, published })).toBe("42");
  });

  test("a strict cell with a type error is not run", async () => {
    const { reply } = await client.execute("%strict\nglobalThis.ran = true; const m: string = 3;");
    expect(reply.content).toMatchObject({ status: "error", ename: "TypeCheckError" });
    expect(value(await client.execute("typeof (globalThis as any).ran"))).toBe("'undefined'");
  });

  test("display.clear clears", async () => {
    const answer = await client.execute("display.clear({ wait: true })");
    const clear = answer.published.find(({ header }) => header.msg_type === "clear_output");
    expect(clear?.content).toEqual({ wait: true });
  });
});
