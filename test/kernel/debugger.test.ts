import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Message } from "./support/client.ts";
import { printed, TestClient, value } from "./support/client.ts";

type Body = Record<string, unknown>;

let client: TestClient;
let seq = 0;

beforeAll(async () => {
  client = await TestClient.start();
  await client.execute("let top = 1;");
});
afterAll(() => client.close());
beforeEach(() => client.published.splice(0));

async function ask(command: string, given: object = {}): Promise<Body> {
  seq += 1;
  const request = { type: "request", seq, command, arguments: given };
  const { content } = await client.request("debug_request", request, 20, "control");
  expect(content).toMatchObject({ type: "response", request_seq: seq, command, success: true });
  return content.body as Body;
}

async function stopped(): Promise<Message> {
  const find = (): Message | undefined =>
    client.published.find(
      ({ header, content }) => header.msg_type === "debug_event" && content.event === "stopped",
    );
  const event = await client.until(find, 10, "a stop at a breakpoint");
  client.published.splice(client.published.indexOf(event), 1);
  return event;
}

async function breakAt(code: string, ...lines: number[]): Promise<string> {
  const { sourcePath } = await ask("dumpCell", { code });
  const breakpoints = lines.map((line) => ({ line }));
  const set = await ask("setBreakpoints", { source: { path: sourcePath }, breakpoints });
  expect(set.breakpoints).toHaveLength(lines.length);
  await ask("configurationDone");
  return sourcePath as string;
}

async function lineNow(): Promise<number> {
  const { stackFrames } = await ask("stackTrace", { threadId: 1 });
  return (stackFrames as { line: number }[])[0].line;
}

async function variables(frameId = 1): Promise<Record<string, string>> {
  const { scopes } = await ask("scopes", { frameId });
  const found: Record<string, string> = {};
  for (const { variablesReference } of (scopes as { variablesReference: number }[]).reverse()) {
    const answer = await ask("variables", { variablesReference });
    for (const one of answer.variables as { name: string; value: string }[])
      found[one.name] = one.value;
  }
  return found;
}

test("a debugger is told of, and starts", async () => {
  const { content } = await client.request("kernel_info_request", {});
  expect(content).toMatchObject({ debugger: true });
  expect(content.supported_features).toContain("debugger");
  expect(await ask("debugInfo")).toMatchObject({
    isStarted: false,
    hashMethod: "Murmur2",
    stoppedThreads: [],
  });
  await ask("initialize", { clientID: "test", adapterID: "" });
  await ask("attach");
  expect(await ask("debugInfo")).toMatchObject({ isStarted: true });
});

const cell = `const list = [3, 1, 2];
function weigh(x: number): number {
  const twice: number = x * 2;
  return twice + top;
}
let sum = 0;
for (const x of list) {
  sum += weigh(x);
}
sum`;

test("a cell stops at a breakpoint, tells where and with what, steps, and goes on to its value", async () => {
  const path = await breakAt(cell, 3);
  const id = await client.sendCell(cell);
  expect((await stopped()).content.body).toMatchObject({ reason: "breakpoint", threadId: 1 });
  const { stackFrames } = await ask("stackTrace", { threadId: 1 });
  expect(stackFrames).toMatchObject([
    { name: "weigh", line: 3, source: { path } },
    { line: 8, source: { path } },
  ]);
  expect(await ask("debugInfo")).toMatchObject({ stoppedThreads: [1] });
  expect(await variables()).toMatchObject({ x: "3", top: "1", sum: "0" });
  expect(Object.keys(await variables()).filter((name) => /__k|babel|\u200d/.test(name))).toEqual(
    [],
  );
  await ask("next", { threadId: 1 });
  await stopped();
  expect(await lineNow()).toBe(4);
  expect(await variables()).toMatchObject({ twice: "6" });
  await ask("stepOut", { threadId: 1 });
  await stopped();
  expect([7, 8]).toContain(await lineNow());
  await breakAt(cell);
  await ask("continue", { threadId: 1 });
  expect(value(await client.answer(id))).toBe("15");
});

test("a line without code stops at the next that has some; stepping in enters a function", async () => {
  const code = "\n// a note\nconst one = weigh(1);\none";
  await breakAt(code, 2);
  const id = await client.sendCell(code);
  await stopped();
  expect(await lineNow()).toBe(3);
  await ask("stepIn", { threadId: 1 });
  await stopped();
  const { stackFrames } = await ask("stackTrace", { threadId: 1 });
  expect((stackFrames as { name: string }[])[0]).toMatchObject({ name: "weigh", line: 3 });
  await ask("continue", { threadId: 1 });
  expect(value(await client.answer(id))).toBe("3");
});

test("variables of the notebook are told while nothing runs, and objects can be looked into", async () => {
  const { variables: found } = await ask("inspectVariables");
  const named = Object.fromEntries(
    (found as { name: string; value: string; variablesReference: number }[]).map((one) => [
      one.name,
      one,
    ]),
  );
  expect(named.top).toMatchObject({ value: "1", type: "number" });
  expect(named.list.variablesReference).toBeGreaterThan(0);
  const { variables: inner } = await ask("variables", {
    variablesReference: named.list.variablesReference,
  });
  expect(inner).toEqual(
    expect.arrayContaining([expect.objectContaining({ name: "1", value: "1" })]),
  );
});

test("a Stop ends a cell that is paused, and variables stay", async () => {
  const code = "top = 5;\ntop += 1;\nfor (;;) top += 1;";
  await breakAt(code, 2);
  const id = await client.sendCell(code);
  await stopped();
  await client.request("interrupt_request", {}, 20, "control");
  expect((await client.answer(id)).reply.content).toMatchObject({ ename: "KeyboardInterrupt" });
  expect(value(await client.execute("top >= 5"))).toBe("true");
});

test("what it does not know is refused, and it ends", async () => {
  const request = { type: "request", seq: 900, command: "goto", arguments: {} };
  const { content } = await client.request("debug_request", request, 20, "control");
  expect(content).toMatchObject({ success: false, request_seq: 900 });
  await ask("disconnect");
  expect(await ask("debugInfo")).toMatchObject({ isStarted: false, breakpoints: [] });
  expect(printed(await client.execute(cell + "\nconsole.log('free')"))).toBe("free\n");
});
