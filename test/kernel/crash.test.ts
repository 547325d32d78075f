import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Message } from "./support/client.ts";
import { isIdle, TestClient, value } from "./support/client.ts";

let client: TestClient;

beforeEach(async () => {
  client = await TestClient.start();
});

afterEach(async () => {
  await client.close();
});

describe("a cell that ends its process", () => {
  test.each([
    ["process.exit(3)", /exited \(code 3\) and its variables are lost/],
    ["process.abort()", /exited \(signal SIGABRT\) and its variables are lost/],
    ["process.kill(process.pid, 'SIGKILL')", /exited \(signal SIGKILL\)/],
  ])("%s costs the variables, not the kernel", async (code, says) => {
    await client.execute("const lost = 1");
    const { reply } = await client.execute(code);
    expect(reply.content).toMatchObject({ status: "error", ename: "ExecutorExit" });
    expect(reply.content.evalue).toMatch(says);
    expect(value(await client.execute("typeof lost"))).toBe("'undefined'");
  });

  test("memory that runs out is said to have run out", async () => {
    const small = await TestClient.start({}, { env: { NODE_OPTIONS: "--max-old-space-size=100" } });
    const { reply } = await small.execute(
      "const all: number[][] = []; for (;;) all.push(new Array(10_000).fill(1.5))",
    );
    expect(reply.content.ename).toBe("ExecutorExit");
    expect(reply.content.evalue).toMatch(/ran out of memory: raise the limit/);
    expect(value(await small.execute("1 + 1"))).toBe("2");
    await small.close();
  });

  test("an exit between cells is told on stderr of the last", async () => {
    const { reply } = await client.execute("setTimeout(() => process.exit(4), 50); 1");
    const told = (): Message | undefined =>
      client.of(reply.parent.msg_id ?? "").find(({ header }) => header.msg_type === "stream");
    const { content } = await client.until(told, 5, "the word of the exit");
    expect(content.text).toMatch(/exited \(code 4\)/);
    expect(value(await client.execute("2"))).toBe("2");
  });

  test("a process it leaves behind holds up nothing", async () => {
    const code =
      "const args = ['-e', 'setTimeout(() => {}, 8000)']; require('node:child_process').spawn(process.execPath, args, { stdio: 'inherit' }); process.exit(5)";
    const { reply } = await client.execute(code, {}, 4);
    expect(reply.content.evalue).toMatch(/exited \(code 5\)/);
    expect(value(await client.execute("1 + 1", {}, 3))).toBe("2");
  });

  test("cells that wait behind it are aborted", async () => {
    const first = await client.sendCell("await 0; process.exit(1)");
    const second = await client.sendCell("'second'");
    await client.answer(first);
    expect((await client.answer(second)).reply.content.status).toBe("aborted");
  });
});

describe("a cell that misbehaves", () => {
  test("native code that blocks is ended after five seconds, with its variables", async () => {
    const id = await client.sendCell(
      "console.log('go'); require('node:crypto').pbkdf2Sync('a', 'b', 2e9, 64, 'sha512')",
    );
    await client.until(() => client.of(id).find(isStream), 5, "what the cell prints");
    await client.request("interrupt_request", {}, 2, "control");
    const { reply } = await client.answer(id, 15);
    expect(reply.content.evalue).toMatch(/did not stop .* variables are lost/);
    expect(value(await client.execute("3"))).toBe("3");
  });

  test("one that prints for ever is stopped, and what it printed is in order", async () => {
    const id = await client.sendCell("for (let i = 0; ; i++) console.log(i)");
    const isFar = (message: Message): boolean =>
      isStream(message) && /^[1-9]\d{4}$/m.test(message.content.text as string);
    await client.until(() => client.of(id).find(isFar), 60, "line 10,000");
    await client.request("interrupt_request", {}, 5, "control");
    const answer = await client.answer(id, 60);
    expect(answer.reply.content.ename).toBe("KeyboardInterrupt");
    const text = answer.published
      .filter(({ header }) => header.msg_type === "stream")
      .map(({ content }) => content.text as string)
      .join("");
    const lines = text.split("\n").slice(0, -1);
    expect(lines.length).toBeGreaterThan(10_000);
    expect(lines.slice(0, -1).findIndex((line, i) => line !== String(i))).toBe(-1);
  });

  test.each([
    "setTimeout(() => { throw new Error('late') }, 20)",
    "Promise.reject(new Error('nobody'))",
    "process.stdout.end(); process.stderr.destroy()",
    "for (const name of Object.getOwnPropertyNames(globalThis)) try { delete (globalThis as any)[name] } catch {}",
    "require('node:child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 30000)'], { stdio: 'inherit' })",
    "process.removeAllListeners('message')",
  ])("%s leaves a kernel that runs the next cell, in this process or a new one", async (code) => {
    await client.execute(code);
    await new Promise((done) => setTimeout(done, 100));
    const id = await client.sendCell("1 + 1");
    const idle = (): Message | undefined => client.of(id).find(isIdle);
    const ended = await client.within(idle, 3, "the end of the cell").catch(() => undefined);
    if (ended === undefined) await client.request("interrupt_request", {}, 2, "control");
    const answer = await client.answer(id, 10);
    const next = value(answer) ?? value(await client.execute("1 + 1", {}, 10));
    expect(next).toBe("2");
  });
});

function isStream({ header }: Message): boolean {
  return header.msg_type === "stream";
}
