import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { writeFile } from "node:fs/promises";
import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { asMatrix, readNpy, writeNpy } from "../../../src/io/index.ts";
import { replacePath, writePath } from "../../../src/core/platform/node/files.ts";

let folder = "";
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "replace-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);
const write = (name: string, text: string) => writePath(at(name), [Buffer.from(text)]);

test("many writers of one file: all succeed, the last has the last word, and nothing else is left", async () => {
  const writers = Array.from({ length: 40 }, (_, i) =>
    writeNpy(at("r.npy"), new Float64Array(20_000 + i * 100).fill(i)),
  );
  const ended = await Promise.allSettled(writers);
  expect(ended.filter(({ status }) => status === "rejected")).toEqual([]);
  const { data, shape } = asMatrix(await readNpy(at("r.npy")));
  expect(shape).toEqual([23_900]);
  expect(data[0]).toBe(39);
  expect(readdirSync(folder)).toEqual(["r.npy"]);
});

test("a planted link of the old temporary name is not written through", async () => {
  writeFileSync(at("victim"), "mine");
  symlinkSync(at("victim"), at(`x.npy.part-${process.pid}`));
  await write("x.npy", "new");
  expect(readFileSync(at("victim"), "utf8")).toBe("mine");
});

test("the mode of an existing file is kept", async () => {
  writeFileSync(at("patients.npy"), "old", { mode: 0o600 });
  chmodSync(at("patients.npy"), 0o600);
  await write("patients.npy", "new");
  expect(statSync(at("patients.npy")).mode & 0o777).toBe(0o600);
});

test("a symbolic link is followed, also one whose target is not there yet", async () => {
  writeFileSync(at("real"), "old");
  symlinkSync("real", at("link"));
  symlinkSync("later", at("ahead"));
  await write("link", "new");
  await write("ahead", "first");
  expect(lstatSync(at("link")).isSymbolicLink()).toBe(true);
  expect(readFileSync(at("real"), "utf8")).toBe("new");
  expect(lstatSync(at("ahead")).isSymbolicLink()).toBe(true);
  expect(readFileSync(at("later"), "utf8")).toBe("first");
});

test("links in a circle are refused", async () => {
  symlinkSync("b", at("a"));
  symlinkSync("a", at("b"));
  await expect(write("a", "x")).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
});

test("what is no regular file is written into and stays what it is", async () => {
  await writePath("/dev/null", [Buffer.from("gone")]);
  expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
  execFileSync("mkfifo", [at("pipe")]);
  const { readFile } = await import("node:fs/promises");
  const [text] = await Promise.all([readFile(at("pipe"), "utf8"), write("pipe", "through")]);
  expect(text).toBe("through");
  expect(statSync(at("pipe")).isFIFO()).toBe(true);
});

test("a folder in the way, and a file where a folder should be, are said", async () => {
  mkdirSync(at("x"));
  writeFileSync(at("file"), "mine");
  await expect(write("x", "new")).rejects.toMatchObject({ code: "IN_THE_WAY", found: "folder" });
  await expect(write("file/y", "new")).rejects.toMatchObject({ code: "IN_THE_WAY", found: "file" });
  expect(readFileSync(at("file"), "utf8")).toBe("mine");
});

test.runIf(existsSync("/dev/full"))(
  "a full disk keeps the old file, leaves nothing, and is said",
  async () => {
    writeFileSync(at("x"), "old");
    const full = replacePath(at("x"), async (part) => {
      await writeFile(part, "half");
      await writeFile("/dev/full", "more");
    });
    await expect(full).rejects.toMatchObject({ code: "DISK_FULL", path: at("x") });
    expect(readFileSync(at("x"), "utf8")).toBe("old");
    expect(readdirSync(folder)).toEqual(["x"]);
  },
);

test("a missing right is said", async () => {
  const denied = replacePath(at("x"), () =>
    Promise.reject(Object.assign(new Error("EACCES"), { code: "EACCES" })),
  );
  await expect(denied).rejects.toMatchObject({ code: "NOT_ALLOWED", action: "write" });
});

test("a name as long as the system allows", async () => {
  const name = "n".repeat(255);
  await write(name, "x");
  expect(readdirSync(folder)).toEqual([name]);
});
