import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fetchFile, findFaults, locateData, type DataSet } from "../../data-fetch/index.ts";

const content = Buffer.from("a recording of a few bytes\n".repeat(1000));
const sha256 = createHash("sha256").update(content).digest("hex");
let folder = "";
let server: Server | undefined;

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "tsrsa-fetch-"))));
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener);
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/file.fif`;
}

const fileAt = (url: string) => ({ path: "sub/file.fif", url, bytes: content.length, sha256 });

test("a file arrives whole, under its name", async () => {
  const path = await fetchFile(fileAt(await serve((_, response) => response.end(content))), folder);
  expect(readFileSync(path)).toEqual(content);
  expect(readdirSync(join(folder, "sub"))).toEqual(["file.fif"]);
});

test("a file that is there and right is not fetched again", async () => {
  let requests = 0;
  const url = await serve((_, response) => {
    requests++;
    response.end(content);
  });
  await fetchFile(fileAt(url), folder);
  await fetchFile(fileAt(url), folder);
  expect(requests).toBe(1);
  writeFileSync(
    join(folder, "sub/file.fif"),
    Buffer.concat([content.subarray(1), Buffer.from("x")]),
  );
  await fetchFile(fileAt(url), folder);
  expect(requests).toBe(2);
});

describe("nothing gets the file's name unless it is the file", () => {
  test.each<[string, RequestListener, RegExp]>([
    [
      "other content of the same size",
      (_, response) => response.end(Buffer.alloc(content.length, 1)),
      /SHA-256: expected/,
    ],
    ["cut short", (_, response) => response.end(content.subarray(0, 500)), /SHA-256: expected/],
    [
      "cut off",
      (_, response) => (
        response.writeHead(200, { "content-length": content.length }),
        response.write(content.subarray(0, 500)),
        setTimeout(() => response.destroy(), 50)
      ),
      /could not download/,
    ],
    [
      "longer than it should be",
      (_, response) => response.end(Buffer.concat([content, content])),
      /sends more than the 27000 bytes/,
    ],
    [
      "not found",
      (_, response) => (response.writeHead(404), response.end("no")),
      /the server answered 404/,
    ],
    [
      "a page instead of a file",
      (_, response) => (
        response.writeHead(200, { "content-type": "text/html" }),
        response.end("<html>log in</html>")
      ),
      /SHA-256: expected/,
    ],
    ["silence", () => undefined, /nothing came for 0\.3 s/],
  ])("%s", async (_, listener, message) => {
    const work = fetchFile(fileAt(await serve(listener)), folder, { stallMs: 300 });
    await expect(work).rejects.toThrow(message);
    expect(readdirSync(join(folder, "sub"))).toEqual([]);
  });

  test("no server at all", async () => {
    await expect(fetchFile(fileAt("http://127.0.0.1:9/file.fif"), folder)).rejects.toMatchObject({
      code: "DOWNLOAD_FAILED",
    });
  });

  test("a job that is cancelled", async () => {
    const url = await serve((_, response) => void response.write("a"));
    const work = fetchFile(fileAt(url), folder, { signal: AbortSignal.timeout(100) });
    await expect(work).rejects.toThrow(/could not download/);
    expect(existsSync(join(folder, "sub/file.fif"))).toBe(false);
  });
});

describe("where data are", () => {
  test("a folder that lacks a file says which, and where to get it", async () => {
    await expect(locateData("meg-faces", folder)).rejects.toThrow(
      /stimuli.f001\.bmp; meg-faces needs it; download https:.*rsa-data\.zip/,
    );
  });

  test("a folder that has them is taken as it is", async () => {
    writeFileSync(join(folder, "subject04-epo.fif"), "");
    expect(await locateData("eeg-priming", folder)).toMatchObject({ folder, kind: "real" });
  });

  test("an unknown data set meets the right one", async () => {
    await expect(locateData("eeg-prime", "demo")).rejects.toThrow(/did you mean "eeg-priming"/);
  });

  test("a file that is not the known one is named", async () => {
    writeFileSync(join(folder, "a.fif"), "wrong");
    const set = {
      expects: ["a.fif", "b.fif"],
      files: [{ ...fileAt(""), path: "a.fif" }],
    } as unknown as DataSet;
    expect(await findFaults(set, folder)).toEqual([
      "a.fif is not the file we know (its SHA-256 differs)",
      "b.fif is missing",
    ]);
  });
});
