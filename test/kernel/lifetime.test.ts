import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { printed, TestClient } from "./support/client.ts";

/** True while a process of that id runs; one that ended but was not waited for does not. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

async function gone(pid: number, seconds: number): Promise<boolean> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end;) {
    if (!isAlive(pid)) return true;
    await new Promise((done) => setTimeout(done, 50));
  }
  return false;
}

const onLinux = test.skipIf(process.platform !== "linux");

onLinux("a busy cell ends with its kernel, however that ends", async () => {
  const client = await TestClient.start();
  const executor = Number(printed(await client.execute("console.log(process.pid)")));
  const busy = await client.sendCell("while (true) {}");
  await client.until(() => client.of(busy)[1], 5, "the start of the cell");
  expect(isAlive(executor)).toBe(true);
  process.kill(client.pid, "SIGKILL");
  expect(await gone(executor, 5)).toBe(true);
  await client.close();
});

onLinux("a kernel ends with the program that started it", async () => {
  const client = await TestClient.start();
  // A program that starts a kernel of its own on the same file, and is killed.
  const program = `
    const { spawn } = require("node:child_process");
    const kernel = spawn(process.execPath, ${JSON.stringify(client.launchArguments(await client.otherConnection()))},
      { env: { ...process.env, JPY_PARENT_PID: String(process.pid) }, stdio: "ignore" });
    console.log(kernel.pid);
    setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "inherit"] });
  const kernel = await new Promise<number>((resolve) =>
    parent.stdout.once("data", (text: Buffer) => resolve(Number(text.toString()))),
  );
  await new Promise((done) => setTimeout(done, 1000));
  expect(isAlive(kernel)).toBe(true);
  parent.kill("SIGKILL");
  expect(await gone(kernel, 8)).toBe(true);
  await client.close();
});

onLinux("a kernel whose program was killed while it started ends too", async () => {
  const client = await TestClient.start();
  const before = spawn(process.execPath, ["-e", ""]);
  await new Promise((done) => before.once("exit", done));
  const args = client.launchArguments(await client.otherConnection());
  const env = { ...process.env, JPY_PARENT_PID: String(before.pid) };
  const kernel = spawn(process.execPath, args, { env, stdio: "ignore" });
  expect(await new Promise((done) => kernel.once("exit", done))).toBe(0);
  await client.close();
});
