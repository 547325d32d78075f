import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { fetchDataSet, fetchFile, type DataSet, type RemoteFile } from "../../data-fetch/index.ts";
import { pinOf } from "../../data-fetch/download/pins.ts";
import { rawTarGz, rawZip } from "./archives.ts";
import { content, honest, sha256 } from "./faulty-server.ts";
import { folder, server } from "./fresh-room.ts";

const quick = { stallMs: 5000, retryMs: 1, attempts: 2, onProgress: false } as const;
const hashOf = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
const archives = [
  ["zip", rawZip([{ name: "a.txt", bytes: Buffer.from("first") }])],
  ["tar.gz", rawTarGz([{ name: "a.txt", bytes: Buffer.from("first") }])],
  ["gz", gzipSync("first")],
] as const;

function aSet(
  format: "zip" | "tar.gz" | "gz",
  url: string,
  more: Partial<RemoteFile> = {},
): DataSet {
  const file = { path: `a.txt.${format}`, url: `${url}/a`, unpack: { format }, ...more };
  const texts = { title: "", licence: "", citation: "", instructions: "get it" };
  return { name: "a-set", ...texts, demoVersion: 0, expects: ["a.txt"], files: [file] };
}

const seen = () =>
  readdirSync(folder).filter((name) => !name.startsWith(".") && name !== "data-dir");

test.each(archives)(
  "%s: a cut archive is asked for again, and only the whole one is recorded",
  async (format, whole) => {
    const url = await server.start((_, response) => {
      response.end(server.requests.length === 1 ? whole.subarray(0, whole.length - 12) : whole);
    });
    const set = aSet(format, url);
    await fetchDataSet(set, { folder, ...quick });
    expect(readFileSync(join(folder, "a.txt"), "utf8")).toBe("first");
    expect(server.requests).toHaveLength(2);
    expect(await pinOf(set.files[0])).toBe(hashOf(whole));
  },
);

test.each(archives)(
  "%s: one that is always damaged is neither kept nor recorded, and asked for in the next run",
  async (format, whole) => {
    const cut = whole.subarray(0, whole.length - 12);
    let right = false;
    const url = await server.start((_, response) => void response.end(right ? whole : cut));
    const set = aSet(format, url);
    await expect(fetchDataSet(set, { folder, ...quick })).rejects.toMatchObject({
      code: "FILE_FORMAT",
    });
    expect(server.requests).toHaveLength(2);
    expect(seen()).toEqual([]);
    expect(await pinOf(set.files[0])).toBeUndefined();
    right = true;
    await fetchDataSet(set, { folder, ...quick });
    expect(readFileSync(join(folder, "a.txt"), "utf8")).toBe("first");
  },
);

test("a damaged archive that lay there is put aside, not lost, and fetched", async () => {
  const [, whole] = archives[1];
  const set = aSet("tar.gz", await server.start(honest({ file: whole })));
  writeFileSync(join(folder, "a.txt.tar.gz"), whole.subarray(0, 50));
  await fetchDataSet(set, { folder, ...quick });
  expect(seen()).toEqual(["a.txt", "a.txt.tar.gz.damaged"]);
});

test("an archive that is what its publisher states and cannot be unpacked is not asked for twice", async () => {
  const bytes = Buffer.from("no archive at all");
  const set = aSet("zip", await server.start(honest({ file: bytes })), { sha256: hashOf(bytes) });
  await expect(fetchDataSet(set, { folder, ...quick })).rejects.toMatchObject({
    code: "FILE_FORMAT",
  });
  expect(server.requests).toHaveLength(1);
});

/** A server that says nothing of the length and ends by closing, as those of HTTP/1.0. */
async function withoutLength(body: () => Buffer): Promise<{ url: string; stop: () => void }> {
  const { createServer } = await import("node:net");
  const bare = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => {
      socket.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
      socket.end(body());
    });
  });
  await new Promise<void>((resolve) => bare.listen(0, "127.0.0.1", resolve));
  const address = bare.address() as { port: number };
  return { url: `http://127.0.0.1:${address.port}/f`, stop: () => void bare.close() };
}

test("a body of which nobody knows the length or the hash is refused: cut and whole look alike", async () => {
  const { url, stop } = await withoutLength(() => content.subarray(0, 1000));
  const file = { path: "model.onnx", url };
  await expect(fetchFile(file, folder, quick)).rejects.toThrow(
    /does not say how long the file is.*by hand/,
  );
  expect(seen()).toEqual([]);
  expect(await pinOf(file)).toBeUndefined();
  stop();
});

test.each([
  ["its hash", { sha256 }],
  ["its size", { bytes: content.length }],
])("without a length, %s tells", async (_, known) => {
  const bodies = [content, content.subarray(0, 1000)];
  const { url, stop } = await withoutLength(() => bodies.shift() ?? content.subarray(0, 1000));
  await fetchFile({ path: "a", url, ...known }, folder, quick);
  expect(readFileSync(join(folder, "a"))).toEqual(content);
  await expect(fetchFile({ path: "b", url, ...known }, folder, quick)).rejects.toThrow(
    /SHA-256|only 1000 of/,
  );
  stop();
});

test("chunks end with a last one: such a body is whole, and its cut is seen", async () => {
  const url = await server.start((question, response) => {
    response.write(content.subarray(0, 1000));
    if (question.url === "/whole") response.end(content.subarray(1000));
    else setImmediate(() => response.destroy());
  });
  await fetchFile({ path: "whole", url: `${url}/whole` }, folder, quick);
  expect(readFileSync(join(folder, "whole"))).toEqual(content);
  await expect(fetchFile({ path: "cut", url: `${url}/cut` }, folder, quick)).rejects.toMatchObject({
    code: "DOWNLOAD_FAILED",
  });
  expect(existsSync(join(folder, "cut"))).toBe(false);
});

test("rubbish in the place of a file of which the first download is known is replaced", async () => {
  const file = { path: "sub/a", url: await server.start(honest()) };
  await fetchFile(file, folder, quick);
  mkdirSync(join(folder, "sub"), { recursive: true });
  writeFileSync(join(folder, "sub/a"), Buffer.alloc(content.length, 1));
  await fetchFile(file, folder, quick);
  expect(readFileSync(join(folder, "sub/a"))).toEqual(content);
});
