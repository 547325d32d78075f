import { afterAll, beforeAll, expect, test } from "vitest";
import type { Answer } from "./support/client.ts";
import { printed, TestClient, value } from "./support/client.ts";

let client: TestClient;
let shell = "";

async function control(type: string, content: object = {}): Promise<Record<string, unknown>> {
  return (await client.request(type, content, 20, "control")).content;
}

function inShell(code: string, id = shell, options: object = {}): Promise<string> {
  const content = { code, silent: false, ...options };
  return client.send("execute_request", content, { header: { subshell_id: id } });
}

async function run(code: string, id = shell): Promise<Answer> {
  return client.answer(await inShell(code, id));
}

beforeAll(async () => {
  client = await TestClient.start();
  shell = (await control("create_subshell_request")).subshell_id as string;
});

afterAll(() => client.close());

test("subshells are told of, made, listed and deleted", async () => {
  const info = await client.request("kernel_info_request", {});
  expect(info.content).toMatchObject({ protocol_version: "5.5" });
  expect(info.content.supported_features).toContain("kernel subshells");
  const other = (await control("create_subshell_request")).subshell_id as string;
  expect(await control("list_subshell_request")).toEqual({
    status: "ok",
    subshell_id: [shell, other],
  });
  expect(await control("delete_subshell_request", { subshell_id: other })).toEqual({
    status: "ok",
  });
  expect(await control("delete_subshell_request", { subshell_id: other })).toMatchObject({
    status: "error",
    ename: "UnknownSubshell",
  });
  const refused = await client.reply(await inShell("1", other));
  expect(refused.content).toMatchObject({ status: "error" });
  expect(await client.request("create_subshell_request", {})).toMatchObject({
    content: { status: "error" },
  });
});

test("a cell of a subshell runs while one of the main shell waits, with the same variables", async () => {
  await client.execute(
    "let steps = 0; const wait = (ms: number) => new Promise<void>((go) => setTimeout(go, ms));",
  );
  const long = await client.sendCell(
    "for (;;) { await wait(10); steps += 1; if (steps > 1e6) break; }\n'over'",
  );
  const first = await run("console.log('beside'); await wait(30); const found = steps; found > 0");
  expect(value(first)).toBe("true");
  expect(printed(first)).toBe("beside\n");
  expect(first.published.every(({ parent }) => parent.msg_id === first.reply.parent.msg_id)).toBe(
    true,
  );
  expect(client.received.some(({ parent }) => parent.msg_id === long)).toBe(false);
  const wrong = await run("const a = 1;\nawait wait(1);\nnull.x");
  expect(wrong.reply.content).toMatchObject({ status: "error", ename: "TypeError" });
  expect(String(wrong.reply.content.traceback)).toContain("line 3");
  await run("steps = 2e6");
  expect(value(await client.answer(long))).toBe("'over'");
  expect(value(await run("found > 0"))).toBe("true");
});

test("the end of one cell does not end another", async () => {
  const slow = await inShell("await wait(300); 'slow'");
  expect(value(await client.execute("await wait(20); 'quick'"))).toBe("'quick'");
  expect(value(await client.execute("'next'"))).toBe("'next'");
  expect(value(await client.answer(slow))).toBe("'slow'");
  const counts = client.received.flatMap(({ content }) => content.execution_count ?? []);
  expect(Math.max(...(counts as number[]))).toBeGreaterThan(5);
});

test("cells of one subshell wait for each other, and an error aborts those that wait", async () => {
  const ids = [await inShell("await wait(50); throw new Error('no')"), await inShell("'never'")];
  const [failed, aborted] = await Promise.all(ids.map((id) => client.reply(id)));
  expect(failed.content.status).toBe("error");
  expect(aborted.content.status).toBe("aborted");
  expect(value(await client.execute("'main goes on'"))).toBe("'main goes on'");
});

test("a Stop ends all that run, and variables stay", async () => {
  const ids = [await client.sendCell("await wait(60000)"), await inShell("await wait(60000)")];
  await new Promise((go) => setTimeout(go, 200));
  await control("interrupt_request");
  for (const id of ids)
    expect((await client.answer(id)).reply.content).toMatchObject({ ename: "KeyboardInterrupt" });
  const busy = await inShell("for (;;) steps += 1");
  await new Promise((go) => setTimeout(go, 300));
  await control("interrupt_request");
  expect((await client.answer(busy)).reply.content).toMatchObject({ ename: "KeyboardInterrupt" });
  expect(value(await client.execute("steps > 0"))).toBe("true");
  expect(value(await run("steps > 0"))).toBe("true");
});

test("a cell of a subshell that was stopped does not go on when what it waited for comes", async () => {
  await client.execute("let leaked = false, goOn = () => {};");
  const id = await inShell("await new Promise<void>((go) => { goOn = go }); leaked = true");
  await new Promise((go) => setTimeout(go, 200));
  await control("interrupt_request");
  await client.answer(id);
  expect(value(await client.execute("goOn(); await wait(20); leaked"))).toBe("false");
});

test("completion answers while cells of both shells run", async () => {
  const long = [await client.sendCell("await wait(400)"), await inShell("await wait(400)")];
  const { content } = await client.request("complete_request", { code: "Math.hyp", cursor_pos: 8 });
  expect(content.matches).toContain("hypot");
  expect(client.received.some(({ parent }) => long.includes(parent.msg_id ?? ""))).toBe(false);
  await Promise.all(long.map((id) => client.answer(id)));
});
