import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { curveKeyPair } from "zeromq";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { printed, TestClient, value } from "./support/client.ts";

let client: TestClient;
beforeAll(async () => (client = await TestClient.start()));
afterAll(async () => client.close());

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

describe("every request has an answer", () => {
  test("one that nobody knows is refused, on shell and control", async () => {
    for (const channel of ["shell", "control"] as const) {
      const { content } = await client.request("usage_request", {}, 5, channel);
      expect(content).toMatchObject({
        status: "error",
        evalue: "this kernel has no usage_request",
      });
    }
  });

  test("text too deep for the parser is no code, and ends neither the kernel nor the cells", async () => {
    await client.execute("let kept = 41;");
    for (const code of [
      "[".repeat(20_000),
      "x=>".repeat(20_000) + "1",
      "- ".repeat(200_000) + "1",
    ]) {
      const { content } = await client.request("is_complete_request", { code });
      expect(content.status).toBe("invalid");
      expect((await client.execute(code)).reply.content).toMatchObject({ ename: "SyntaxError" });
    }
    const data = `[${Array.from({ length: 30_000 }, (_, i) => `"a=${i}", { x: -1 }`).join()}].length`;
    expect(value(await client.execute(data))).toBe("60000");
    expect(value(await client.execute("kept + 1"))).toBe("42");
  });

  test("replies tell when their work was started", async () => {
    const { reply } = await client.execute("await new Promise((done) => setTimeout(done, 50))");
    const { started, status } = reply.metadata;
    expect(status).toBe("ok");
    const took = Date.parse(reply.header.date as string) - Date.parse(started as string);
    expect(took).toBeGreaterThanOrEqual(45);
    expect((await client.request("kernel_info_request", {})).metadata.started).toBeTypeOf("string");
  });

  test("an empty cell takes no number", async () => {
    const before = (await client.execute("1")).reply.content.execution_count as number;
    expect((await client.execute(" \n")).reply.content.execution_count).toBe(before);
    expect((await client.execute("1")).reply.content.execution_count).toBe(before + 1);
  });

  test("an output that cannot be sent is told below the cell", async () => {
    const answer = await client.execute(
      'const o: any = {}; o.self = o; display.bundle({ "application/json": o }); 1',
    );
    expect(printed(answer, "stderr")).toMatch(/could not be sent: .*circular/);
    expect(value(answer)).toBe("1");
  });
});

describe("whatever is thrown, its cell ends", () => {
  test.each([
    "throw { get stack() { throw 1 } }",
    "throw Object.assign(new Error('x'), { message: { toString() { throw new Error('no') } } })",
    "throw new Proxy({}, { get() { throw 1 }, has() { throw 1 }, getPrototypeOf() { throw 1 } })",
    "throw Object.assign(new Error('x'), { cause: new Proxy({}, { getPrototypeOf() { throw 1 } }) })",
    "throw Object.defineProperty(new Error('x'), 'name', { get() { throw 1 } })",
    "throw Object.create(null)",
    "throw Symbol('s')",
  ])("%s", async (code) => {
    expect((await client.execute(code, {}, 5)).reply.content.status).toBe("error");
  });

  test("its own fields, its cause and its parts are shown", async () => {
    const { reply } = await client.execute(`
      throw new AggregateError([new TypeError("one"), Object.assign(new Error("two"), { code: "E2" })], "both",
        { cause: Object.assign(new RangeError("why"), { detail: { row: 3 } }) })`);
    const lines = (reply.content.traceback as string[]).map((line) => line.trim());
    for (const line of [
      "error 1: TypeError: one",
      "error 2: Error: two",
      "code: 'E2'",
      "caused by RangeError: why",
      "detail: { row: 3 }",
    ])
      expect(lines).toContain(line);
  });
});

describe("input", () => {
  async function answering(code: string, answers: readonly string[]): Promise<unknown> {
    const id = await client.sendCell(code, { allow_stdin: true });
    for (let i = 0; i < answers.length; i += 1) {
      const asked = (): boolean | undefined =>
        client.received.filter(
          ({ header, parent }) => header.msg_type === "input_request" && parent.msg_id === id,
        ).length > i || undefined;
      await client.until(asked, 10, "the question");
      await client.send("input_reply", { value: answers[i] }, { channel: "stdin" });
    }
    return value(await client.answer(id));
  }

  test("two questions at once get two answers", async () => {
    const cell = 'const [a, b] = await Promise.all([input("a "), input("b ")]); [a, b]';
    expect(await answering(cell, ["1", "2"])).toBe("[ '1', '2' ]");
  });

  test("readline asks the user", async () => {
    const cell = `
      import readline from "node:readline/promises";
      const rl = readline.createInterface({ input: process.stdin, output: process.stdout });
      const first = await rl.question("name? ");
      [first, await rl.question("age? ")]`;
    expect(await answering(cell, ["Ann", "7"])).toBe("[ 'Ann', '7' ]");
  });
});

test("a process whose pipe is closed is ended, and the next cell has a new one", async () => {
  const { reply } = await client.execute('require("node:fs").closeSync(5); 1', {}, 10);
  expect(reply.content).toMatchObject({ status: "error", ename: "ExecutorExit" });
  expect(value(await client.execute("1 + 1"))).toBe("2");
  await client.execute(
    'require("node:fs").writeSync(5, Buffer.from([4, 0, 0, 0, 9, 9, 9, 9, 1, 2, 3, 4]))',
    {},
    10,
  );
  expect(value(await client.execute("1 + 1", {}, 10))).toBe("2");
});

test("a subscription is answered by a welcome that names it", async () => {
  const welcome = client.published.find(({ header }) => header.msg_type === "iopub_welcome");
  expect(welcome?.content).toEqual({ subscription: "" });
  expect(welcome?.parent).toEqual({});
});

test("messages are enciphered with the keys of the connection file", async () => {
  const { publicKey, secretKey } = curveKeyPair();
  const own = await TestClient.start({ curve_publickey: publicKey, curve_secretkey: secretKey });
  expect(value(await own.execute("6 * 7"))).toBe("42");
  await own.close();
});

const hasIpv6 = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === "::1"),
);
test.skipIf(!hasIpv6)("a kernel listens on the loopback of IPv6", async () => {
  const own = await TestClient.start({ ip: "::1" });
  expect(value(await own.execute("6 * 7"))).toBe("42");
  await own.close();
});

/** True when something on this machine accepts connections at the port. */
function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => (socket.destroy(), resolve(true)));
    socket.once("error", () => resolve(false));
  });
}

const onLinux = describe.skipIf(process.platform !== "linux");

onLinux("processes", () => {
  test("children of cells end with the kernel, those that were detached go on", async () => {
    const own = await TestClient.start();
    const pids = printed(
      await own.execute(`
        import { spawn } from "node:child_process";
        const pid = (detached: boolean) => spawn("sleep", ["60"], { detached, stdio: "ignore" }).pid;
        console.log(pid(false), pid(true))`),
    );
    const [child, detached] = pids.split(" ").map(Number);
    await own.close();
    await expect.poll(() => isAlive(child), { timeout: 60_000 }).toBe(false);
    expect(isAlive(detached)).toBe(true);
    process.kill(detached, "SIGKILL");
  }, 120_000);

  test("a kernel ends with its parent, also without JPY_PARENT_PID", async () => {
    const file = await client.otherConnection();
    const program = `
      const { spawn } = require("node:child_process");
      const { JPY_PARENT_PID, ...env } = process.env;
      const kernel = spawn(process.execPath, ${JSON.stringify(client.launchArguments(file))}, { env, stdio: "ignore" });
      console.log(kernel.pid);
      setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ["-e", program], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const kernel = await new Promise<number>((resolve) =>
      parent.stdout.once("data", (text: Buffer) => resolve(Number(text.toString()))),
    );
    await expect
      .poll(
        () => existsSync(`/proc/${kernel}/task`) && readFileSync(`/proc/${kernel}/cmdline`, "utf8"),
        { timeout: 60_000 },
      )
      .toMatch(/kernel/);
    // It listens: so it has looked who its parent is.
    const { shell_port: port } = JSON.parse(readFileSync(file, "utf8")) as { shell_port: number };
    await expect.poll(() => listens(port), { timeout: 60_000 }).toBe(true);
    parent.kill("SIGKILL");
    await expect.poll(() => isAlive(kernel), { timeout: 60_000 }).toBe(false);
  }, 180_000);
});
