import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { findDataSet, knownDataSets } from "../../data-fetch/index.ts";

let path = "";
beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), "tsrsa-registry-")), "registry.json");
  vi.stubEnv("TSRSA_DATA_REGISTRY", path);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(join(path, ".."), { recursive: true, force: true });
});

const write = (content: unknown) =>
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
const file = { path: "a.fif", url: "https://example.org/a.fif" };

test("a data set of the user's own", () => {
  write([
    { name: "my-lab", title: "Ours", files: [{ ...file, bytes: 5, sha256: "A".repeat(64) }] },
  ]);
  expect(findDataSet("my-lab")).toMatchObject({
    title: "Ours",
    expects: ["a.fif"],
    files: [{ ...file, bytes: 5, sha256: "a".repeat(64) }],
  });
  expect(knownDataSets().map((set) => set.name)).toContain("eeg-priming");
});

test("one of ours at another address keeps its demo twin", () => {
  write([{ name: "eeg-priming", files: [file] }]);
  const set = findDataSet("eeg-priming");
  expect(set.files).toMatchObject([file]);
  expect(set.expects).toEqual(["subject04-epo.fif"]);
  expect("makeDemo" in set && typeof set.makeDemo).toBe("function");
  expect(knownDataSets().filter(({ name }) => name === "eeg-priming")).toHaveLength(1);
});

test.each<[string, unknown, RegExp]>([
  ["no JSON", "{", /content: expected JSON/],
  ["no list", {}, /expected a list of data sets/],
  ["a bad name", [{ name: "../x", files: [] }], /name: expected small letters/],
  [
    "a name twice",
    [
      { name: "a", files: [] },
      { name: "a", files: [] },
    ],
    /one of its own/,
  ],
  ["a path outside", [{ name: "a", files: [{ ...file, path: "../a" }] }], /relative path inside/],
  [
    "another kind of address",
    [{ name: "a", files: [{ ...file, url: "file:///etc" }] }],
    /an address of the web/,
  ],
  [
    "a hash that is none",
    [{ name: "a", files: [{ ...file, sha256: "xyz" }] }],
    /64 hexadecimal digits/,
  ],
  ["a size that is none", [{ name: "a", files: [{ ...file, bytes: -1 }] }], /a whole number/],
  [
    "an unknown archive",
    [{ name: "a", files: [{ ...file, unpack: { format: "rar" } }] }],
    /zip, tar.gz or gz/,
  ],
  [
    "an archive that goes outside",
    [{ name: "a", files: [{ ...file, unpack: { format: "zip", into: "../b" } }] }],
    /relative path inside/,
  ],
])("%s is refused", (_, content, message) => {
  write(content);
  expect(() => knownDataSets()).toThrow(message);
});

test("a registry that is not there is missed", () => {
  expect(() => knownDataSets()).toThrow(/TSRSA_DATA_REGISTRY names it/);
});
