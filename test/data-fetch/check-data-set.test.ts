import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import {
  checkDataSet,
  dataSets,
  fetchDataSet,
  findFaults,
  type DataSet,
  type RemoteFile,
} from "../../data-fetch/index.ts";
import { wrongContent } from "../../data-fetch/signature.ts";
import { strangersIn } from "../../data-fetch/strangers.ts";
import { rawZip } from "./archives.ts";
import { content, honest, sha256 } from "./faulty-server.ts";
import { folder, server } from "./fresh-room.ts";

const quick = { stallMs: 5000, retryMs: 1, attempts: 2, onProgress: false } as const;
const at = (path: string) => join(folder, "set", path);
function put(path: string, text: string | Buffer): void {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), text);
}
function aSet(files: readonly RemoteFile[], expects: readonly string[]): DataSet {
  const texts = { title: "", licence: "", citation: "", instructions: "get it" };
  return { name: "set", ...texts, demoVersion: 0, expects, files };
}
const states = async (set: DataSet) =>
  Object.fromEntries((await checkDataSet(set, at(""))).map(({ path, state }) => [path, state]));

test("each file is told by what is known of it", async () => {
  const archive = rawZip([{ name: "c.txt", bytes: Buffer.from("third") }]);
  const url = await server.start((question, response) =>
    honest({ file: question.url === "/c.zip" ? archive : content })(question, response),
  );
  const set = aSet(
    [
      { path: "a.txt", url: `${url}/a`, sha256 },
      { path: "b.txt", url: `${url}/b` },
      { path: "c.zip", url: `${url}/c.zip`, unpack: { format: "zip" } },
    ],
    ["a.txt", "b.txt", "c.txt", "d.txt", "e.txt"],
  );
  await fetchDataSet({ ...set, expects: [] }, { folder: at(""), ...quick });
  put("d.txt", "by hand");
  expect(await states(set)).toEqual({
    "a.txt": "published",
    "b.txt": "first download",
    "c.txt": "first download",
    "d.txt": "present",
    "e.txt": "missing",
  });
  for (const path of ["a.txt", "b.txt", "c.txt"]) put(path, "not the data");
  expect(await findFaults(set, at(""))).toEqual([
    "a.txt is not the file we know (its size or hash differs)",
    "b.txt is not the file that was first fetched (its SHA-256 differs)",
    "c.txt is not the file that came from c.zip (its SHA-256 differs)",
    "e.txt is missing",
  ]);
});

test("what a repository listed when the files were fetched is remembered: no network is asked", async () => {
  const url = await server.start(honest());
  const listed = { path: "a.txt", url: `${url}/a`, sha256 };
  const set = { ...aSet([], ["a.txt"]), listFiles: async () => [listed] };
  await fetchDataSet(set, { folder: at(""), ...quick });
  const offline = { ...set, listFiles: () => Promise.reject(new Error("asked")) };
  expect(await states(offline)).toEqual({ "a.txt": "published" });
  put("a.txt", Buffer.alloc(content.length, 1));
  expect(await states(offline)).toEqual({ "a.txt": "wrong" });
});

const told = /\.(gz|h5|onnx|fif|bmp|npz|mat|gzip|npy|hdf5|zip|jpg|png|json)$/;
test.each(dataSets.map((set) => [set.name, set] as const))(
  "%s: a folder of rubbish is not complete, and each file that can be told is named",
  async (_, set) => {
    for (const path of set.expects) put(path, "not the data");
    const known = new Set(set.files.filter((file) => file.sha256 ?? file.md5).map((f) => f.path));
    const expected = set.expects.filter((path) => told.test(path) || known.has(path));
    expect(expected).not.toEqual([]);
    const faults = (await findFaults(set, at(""))).join("\n");
    for (const path of expected) expect(faults).toContain(path);
  },
);

describe("content that cannot be what the name says", () => {
  test.each([
    ["a.nii.gz", gzipSync("x"), undefined],
    ["a.nii.gz", "not the data", "its content is not gzip"],
    ["a.h5", "\x89HDF\r\n\x1a\n", undefined],
    ["a.h5", "CDF\x01", "its content is not HDF5"],
    ["a.mat", "MATLAB 5.0 MAT-file", undefined],
    ["a.fif", Buffer.from([0, 0, 0, 100]), undefined],
    ["a.fif", Buffer.from([0, 0]), "its content is not FIF"],
    ["a.npz", "PK\x03\x04", undefined],
    ["a.png", "GIF89a", "its content is not PNG"],
    ["a.json", '\xef\xbb\xbf {"Name": "x"}', undefined],
    ["a.json", "Name: x", "its content is not JSON"],
    ["a.csv", "anything", undefined],
    ["a.csv", "", "it is empty"],
    ["none", "anything", undefined],
  ])("%s %j: %s", async (name, bytes, expected) => {
    put(name, typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes);
    expect(await wrongContent(at(name))).toBe(expected);
  });
});

describe("files that no download put there", () => {
  test("none after a fetch; a file of the user's and a changed one are", async () => {
    const archive = rawZip([{ name: "x/c.txt", bytes: Buffer.from("third") }]);
    const url = await server.start((question, response) =>
      honest({ file: question.url === "/c" ? archive : content })(question, response),
    );
    const set = aSet(
      [
        { path: "a.txt", url: `${url}/a` },
        { path: "c.zip", url: `${url}/c`, unpack: { format: "zip" } },
      ],
      [],
    );
    await fetchDataSet(set, { folder: at(""), ...quick });
    expect(await strangersIn(set, at(""))).toEqual([]);
    put("notes/mine.txt", "my own");
    put("x/c.txt", "THIRD");
    expect(await strangersIn(set, at(""))).toEqual(["notes/mine.txt", "x/c.txt"]);
  });
});
