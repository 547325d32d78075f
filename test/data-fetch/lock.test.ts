import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { fetchFile } from "../../data-fetch/index.ts";
import { withLock } from "../../data-fetch/download/lock.ts";
import { content, honest, sha256 } from "./faulty-server.ts";
import { folder, server } from "./fresh-room.ts";

const path = () => join(folder, "file");
const lockOf = () => `${path()}.lock`;
/** The lock of a process that lives: this one, under another token. */
const living = () => JSON.stringify({ pid: process.pid, host: hostname(), token: "another" });
const elsewhere = JSON.stringify({ pid: 1, host: "another-machine", token: "theirs" });
const quick = { stallMs: 5000, retryMs: 1, attempts: 3, onProgress: false } as const;
const never = { staleMs: 3_600_000, lookMs: 1 };

test.each([-7_200_000, 7_200_000])(
  "a lock of a clock %d ms off is waited for: no clock of another machine is believed",
  async (off) => {
    const events: string[] = [];
    writeFileSync(lockOf(), elsewhere);
    const then = new Date(Date.now() + off);
    utimesSync(lockOf(), then, then);
    const waiting = withLock(path(), async () => void events.push("work"), never);
    // The old way took it at the first look, long before this.
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setTimeout(resolve, 1));
    events.push("released");
    rmSync(lockOf());
    await waiting;
    expect(events).toEqual(["released", "work"]);
    expect(existsSync(lockOf())).toBe(false);
  },
);

test("a lock that does not change while it is watched was left behind", async () => {
  writeFileSync(lockOf(), elsewhere);
  await withLock(path(), async () => {}, { staleMs: 1, lookMs: 1 });
  expect(existsSync(lockOf())).toBe(false);
});

test("a lock of a dead process of this machine is taken at once", async () => {
  const child = spawn(process.execPath, ["-e", ""]);
  await once(child, "exit");
  writeFileSync(lockOf(), JSON.stringify({ pid: child.pid, host: hostname() }));
  await withLock(path(), async () => {}, never);
  expect(existsSync(lockOf())).toBe(false);
});

test("an owner that lost its lock notices, begins anew when it is free, and leaves the other's alone", async () => {
  const tries: string[] = [];
  await withLock(
    path(),
    async (lock) => {
      if (tries.push("try") > 1) return;
      writeFileSync(lockOf(), living());
      setImmediate(() => setImmediate(() => rmSync(lockOf())));
      await lock.check();
    },
    never,
  );
  expect(tries).toEqual(["try", "try"]);
});

test("the loss is told while the work goes on", async () => {
  let tries = 0;
  await withLock(
    path(),
    async (lock) => {
      if (tries++ > 0) return;
      rmSync(lockOf());
      await once(lock.signal, "abort");
      throw new Error("given up");
    },
    { ...never, refreshMs: 1 },
  );
  expect(tries).toBe(2);
});

test("the end of the work removes no lock of another", async () => {
  await withLock(path(), async () => writeFileSync(lockOf(), living()), never);
  expect(readFileSync(lockOf(), "utf8")).toBe(living());
});

test("an error of the work itself is told, once", async () => {
  let tries = 0;
  const work = withLock(path(), async () => {
    tries++;
    throw new Error("of the work");
  });
  await expect(work).rejects.toThrow("of the work");
  expect(tries).toBe(1);
  expect(existsSync(lockOf())).toBe(false);
});

test("a folder that cannot be written is told by its type", async () => {
  writeFileSync(path(), "a file");
  const work = withLock(join(path(), "below"), async () => {});
  await expect(work).rejects.toMatchObject({ code: "IN_THE_WAY" });
});

test("a download whose lock was taken publishes nothing, and begins anew when the thief is done", async () => {
  const file = { path: "file", url: "", bytes: content.length, sha256 };
  file.url = await server.start((question, response) => {
    if (server.requests.length > 1) return honest()(question, response);
    response.writeHead(200, { etag: '"v1"', "content-length": content.length });
    response.write(content.subarray(0, 100_000), () => {
      // The thief: its own lock, its own beginning of the file.
      writeFileSync(lockOf(), living());
      rmSync(`${path()}.part`, { force: true });
      writeFileSync(`${path()}.part`, "rubbish of the thief");
      response.end(content.subarray(100_000), () => setTimeout(() => rmSync(lockOf()), 50));
    });
  });
  await fetchFile(file, folder, quick);
  expect(readFileSync(path())).toEqual(content);
  expect(existsSync(lockOf())).toBe(false);
});

test("a download that another process writes into is no download", async () => {
  let first = true;
  const url = await server.start((question, response) => {
    if (!first) return honest()(question, response);
    first = false;
    response.writeHead(200, { etag: '"v1"', "content-length": content.length });
    response.write(content.subarray(0, 1000));
    const begun = () => expect(statSync(`${path()}.part`).size).toBe(1000);
    void vi.waitFor(begun, 20_000).then(() => {
      writeFileSync(`${path()}.part`, "rubbish", { flag: "a" });
      response.end(content.subarray(1000));
    });
  });
  const work = fetchFile({ path: "file", url, sha256 }, folder, quick);
  await expect(work).rejects.toMatchObject({ code: "FILE_FORMAT" });
  expect(existsSync(path())).toBe(false);
});

test("what an owner elsewhere left is copied: its late writes change nothing", async () => {
  const url = await server.start(honest());
  const file = { path: "file", url: `${url}/file`, bytes: content.length, sha256 };
  writeFileSync(`${path()}.part`, content.subarray(0, 1000));
  const note = { url: file.url, validator: '"v1"', pid: 1, host: "another-machine" };
  writeFileSync(`${path()}.part.json`, JSON.stringify(note));
  const before = statSync(`${path()}.part`).ino;
  await fetchFile(file, folder, quick);
  expect(server.requests[0].headers.range).toBe("bytes=1000-");
  expect(statSync(path()).ino).not.toBe(before);
  expect(readFileSync(path())).toEqual(content);
});

test("two processes, the lock looking two minutes old: the file is fetched once and is right", async () => {
  let goOn = (): void => {};
  const held = new Promise<void>((resolve) => (goOn = resolve));
  const url = await server.start((_, response) => {
    response.writeHead(200, { etag: '"v1"', "content-length": content.length });
    response.write(content.subarray(0, 150_000));
    void held.then(() => response.end(content.subarray(150_000)));
  });
  const file = { path: "file", url, sha256 };
  const first = fetchFile(file, folder, quick);
  await vi.waitFor(() => expect(statSync(`${path()}.part`).size).toBe(150_000), 20_000);
  const then = new Date(Date.now() - 120_000);
  utimesSync(lockOf(), then, then);
  const second = fetchFile(file, folder, quick);
  await vi.waitFor(() => expect(server.requests).toHaveLength(1));
  setTimeout(goOn, 300);
  await Promise.all([first, second]);
  expect(server.requests).toHaveLength(1);
  expect(readFileSync(path())).toEqual(content);
});
