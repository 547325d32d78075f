// What a client that was written for no kernel in particular asks of one: 27 checks in four tiers, as public conformance
// suites make them. Each is made here by a client of our own.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Answer, Message } from "./support/client.ts";
import { printed, TestClient, types, value } from "./support/client.ts";

let client: TestClient;

beforeAll(async () => {
  client = await TestClient.start();
});
afterAll(() => client.close());

async function content(
  type: string,
  asked: object,
  channel?: "control",
): Promise<Message["content"]> {
  const { header, content: answer } = await client.request(type, asked, 20, channel);
  expect(header.msg_type).toBe(type.replace("_request", "_reply"));
  return answer;
}

function ofType({ published }: Answer, type: string): Message[] {
  return published.filter(({ header }) => header.msg_type === type);
}

describe("tier 1: what every front end needs", () => {
  test("the heartbeat sends back what it got", async () => {
    await client.heartbeat.send("ping");
    expect(String(await client.heartbeat.receive())).toBe("ping");
  });
  test("a subscription is welcomed", async () => {
    const welcome = (): Message | undefined =>
      client.published.find(({ header }) => header.msg_type === "iopub_welcome");
    expect((await client.until(welcome, 5, "the welcome")).content).toEqual({ subscription: "" });
  });
  test("kernel_info_reply is ok", async () => {
    expect(await content("kernel_info_request", {})).toMatchObject({ status: "ok" });
  });
  test("kernel_info names the language, in fields that every client can read", async () => {
    const { language_info: language, help_links: links } = await content("kernel_info_request", {});
    for (const field of [
      "name",
      "version",
      "mimetype",
      "file_extension",
      "pygments_lexer",
      "codemirror_mode",
      "nbconvert_exporter",
    ])
      expect(typeof (language as Record<string, unknown>)[field]).toBe("string");
    expect(links).toEqual(
      expect.arrayContaining([
        { text: expect.any(String) as string, url: expect.any(String) as string },
      ]),
    );
  });
  test("kernel_info names the version of the protocol", async () => {
    expect((await content("kernel_info_request", {})).protocol_version).toMatch(/^5\.\d+$/);
  });
  test("what a cell prints comes on stdout", async () => {
    expect(printed(await client.execute("console.log('hello')"))).toBe("hello\n");
  });
  test("and its errors on stderr", async () => {
    expect(printed(await client.execute("console.error('error')"), "stderr")).toBe("error\n");
  });
  test("execute_reply is ok and has a count", async () => {
    const { content: reply } = (await client.execute("1 + 1")).reply;
    expect(reply).toMatchObject({ status: "ok", execution_count: expect.any(Number) as number });
  });
  test("busy comes before, idle after everything else", async () => {
    const states = types(await client.execute("console.log(1); 2"));
    expect([states[0], states.at(-1)]).toEqual(["busy", "idle"]);
  });
  test("execute_input tells other front ends the code", async () => {
    const [input] = ofType(await client.execute("1 + 1"), "execute_input");
    expect(input.content).toMatchObject({ code: "1 + 1" });
  });
});

describe("tier 2: a notebook in use", () => {
  test("completion offers a variable that was declared", async () => {
    await client.execute("const variableToComplete = 42");
    const asked = { code: "variableToC", cursor_pos: 11 };
    expect((await content("complete_request", asked)).matches).toContain("variableToComplete");
  });
  test("inspection answers", async () => {
    const asked = { code: "variableToComplete", cursor_pos: 5, detail_level: 0 };
    expect(await content("inspect_request", asked)).toMatchObject({ status: "ok", found: true });
  });
  test("complete code is told", async () => {
    expect(await content("is_complete_request", { code: "const x = 1" })).toEqual({
      status: "complete",
    });
  });
  test("incomplete code is told", async () => {
    expect(await content("is_complete_request", { code: "const x = {" })).toMatchObject({
      status: "incomplete",
    });
  });
  test("the history has what ran", async () => {
    const asked = { hist_access_type: "tail", n: 10, output: false, raw: true };
    const { status, history } = await content("history_request", asked);
    expect(status).toBe("ok");
    expect(JSON.stringify(history)).toContain("variableToComplete");
  });
  test("comm_info answers", async () => {
    expect(await content("comm_info_request", {})).toMatchObject({ status: "ok", comms: {} });
  });
  test("an error is in the reply and published", async () => {
    const answer = await client.execute("function function");
    expect(answer.reply.content).toMatchObject({ status: "error", ename: "SyntaxError" });
    expect(ofType(answer, "error")).toHaveLength(1);
  });
});

describe("tier 3: rich output", () => {
  test("a cell displays data", async () => {
    const [shown] = ofType(await client.execute("display.html('<b>bold</b>')"), "display_data");
    expect(shown.content.data).toMatchObject({ "text/html": "<b>bold</b>" });
  });
  test("and updates what it displayed", async () => {
    const answer = await client.execute(
      `const show = (text: string, update: boolean) => (globalThis as any)[Symbol.for("Jupyter.hook")].display({ "text/html": text }, { displayId: "d1", update }); show("a", false); show("b", true)`,
    );
    expect(ofType(answer, "display_data")[0].content.transient).toEqual({ display_id: "d1" });
    expect(ofType(answer, "update_display_data")[0].content).toMatchObject({
      data: { "text/html": "b" },
      transient: { display_id: "d1" },
    });
  });
  test("the value of a cell is a result", async () => {
    expect(value(await client.execute("1 + 1"))).toBe("2");
  });
  test("a value with a form of its own shows that", async () => {
    const code = `({ [Symbol.for("Jupyter.display")]: () => ({ "text/html": "<i>own</i>", "text/plain": "own" }) })`;
    const [result] = ofType(await client.execute(code), "execute_result");
    expect(result.content.data).toEqual({ "text/html": "<i>own</i>", "text/plain": "own" });
  });
});

describe("tier 4: what goes beyond", () => {
  test("a cell asks for input", async () => {
    const id = await client.sendCell("prompt('Enter:')", { allow_stdin: true });
    const asked = (): Message | undefined =>
      client.received.find(
        ({ parent, header }) => parent.msg_id === id && header.msg_type === "input_request",
      );
    expect((await client.until(asked, 10, "the question")).content).toEqual({
      prompt: "Enter: ",
      password: false,
    });
    await client.send("input_reply", { value: '"test input"', status: "ok" }, { channel: "stdin" });
    expect(value(await client.answer(id))).toBe(`'"test input"'`);
  });
  test("a comm that nobody knows is closed, and the kernel goes on", async () => {
    const id = await client.send("comm_open", { comm_id: "c1", target_name: "nobody", data: {} });
    const closed = (): Message | undefined =>
      client.of(id).find(({ header }) => header.msg_type === "comm_close");
    expect((await client.until(closed, 5, "the close")).content).toMatchObject({ comm_id: "c1" });
    expect(value(await client.execute("'on'"))).toBe("'on'");
  });
  test("an interrupt is answered on the control channel, also when nothing runs", async () => {
    expect(await content("interrupt_request", {}, "control")).toEqual({ status: "ok" });
  });
  test("the count goes up by one", async () => {
    const [first, second] = [await client.execute("1"), await client.execute("1")].map(
      ({ reply }) => reply.content.execution_count as number,
    );
    expect(second).toBe(first + 1);
  });
  test("everything published names its request", async () => {
    const id = await client.sendCell("console.log(1); display.html('x'); 2");
    const { published } = await client.answer(id);
    const kinds = ["stream", "display_data", "execute_result", "execute_input", "status"];
    expect(
      kinds.filter((kind) => !published.some(({ header }) => header.msg_type === kind)),
    ).toEqual([]);
  });
  test("shutdown is answered, and the process ends", async () => {
    expect(await content("shutdown_request", { restart: false }, "control")).toEqual({
      status: "ok",
      restart: false,
    });
    expect(await client.exitCode).toBe(0);
  });
});
