import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import type { RequestListener, ServerResponse } from "node:http";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import {
  fetchFile,
  findFaults,
  locateData,
  type DataSet,
  type FetchOptions,
} from "../../data-fetch/index.ts";
import { waitAsked } from "../../data-fetch/download/retry-after.ts";
import { content, FaultyServer, honest, sha256 } from "./faulty-server.ts";
import { folder, server } from "./fresh-room.ts";

const fileAt = (url: string) => ({
  path: "sub/file.fif",
  url: `${url}/file.fif`,
  bytes: content.length,
  sha256,
});
const quick: FetchOptions = { stallMs: 20_000, retryMs: 1, attempts: 3, onProgress: false };
const finalPath = () => join(folder, "sub/file.fif");
/** What a person sees in the folder. */
const visible = () => readdirSync(join(folder, "sub")).filter((name) => !name.startsWith("."));

async function fetchFrom(listener: RequestListener, options: FetchOptions = {}) {
  return fetchFile(fileAt(await server.start(listener)), folder, { ...quick, ...options });
}

test("a file arrives whole, under its name", async () => {
  const path = await fetchFrom(honest());
  expect(readFileSync(path)).toEqual(content);
  expect(visible()).toEqual(["file.fif"]);
});

test("a file that is there and right is not fetched again, a changed one is", async () => {
  const file = fileAt(await server.start(honest()));
  await fetchFile(file, folder, quick);
  await fetchFile(file, folder, quick);
  expect(server.requests).toHaveLength(1);
  writeFileSync(finalPath(), Buffer.concat([content.subarray(1), Buffer.from("x")]));
  await fetchFile(file, folder, quick);
  expect(server.requests).toHaveLength(2);
  expect(readFileSync(finalPath())).toEqual(content);
});

describe("a download that is cut goes on", () => {
  test("in the same run, asking for the rest alone", async () => {
    const cuts = [100_000, 200_000];
    await fetchFrom(honest({ cutAt: (n) => cuts[n] }));
    expect(readFileSync(finalPath())).toEqual(content);
    const asked = server.requests.map(({ headers }) => headers.range);
    expect(asked).toEqual([undefined, "bytes=100000-", "bytes=200000-"]);
    expect(server.requests[1].headers["if-range"]).toBe('"v1"');
  });

  test("in the next run", async () => {
    let down = true;
    const listener = honest({ cutAt: () => (down ? 120_000 : undefined) });
    const file = fileAt(await server.start(listener));
    await expect(fetchFile(file, folder, { ...quick, attempts: 1 })).rejects.toThrow(
      /could not download/,
    );
    expect(existsSync(finalPath())).toBe(false);
    down = false;
    await fetchFile(file, folder, quick);
    expect(readFileSync(finalPath())).toEqual(content);
    expect(server.requests.at(-1)?.headers.range).toBe("bytes=120000-");
  });

  test("anew when the file has changed meanwhile", async () => {
    let etag = '"v0"';
    const file = fileAt(
      await server.start((question, response) => {
        const first = etag === '"v0"';
        honest({
          etag,
          cutAt: () => (first ? 50_000 : undefined),
          file: first ? Buffer.alloc(content.length, 1) : content,
        })(question, response);
        etag = '"v1"';
      }),
    );
    await fetchFile(file, folder, quick);
    expect(readFileSync(finalPath())).toEqual(content);
  });

  test("anew when the server knows no ranges", async () => {
    const cuts = [100_000];
    await fetchFrom(honest({ cutAt: (n) => cuts[n], ranges: false }));
    expect(readFileSync(finalPath())).toEqual(content);
  });

  test("anew when the rest is another part than the one asked for", async () => {
    let request = 0;
    await fetchFrom((question, response) => {
      if (request++ !== 1)
        return honest({ cutAt: (n) => (request === 1 ? 1000 + n : undefined) })(question, response);
      response.writeHead(206, {
        "content-range": `bytes 5-${content.length - 1}/${content.length}`,
      });
      response.end(content.subarray(5));
    });
    expect(readFileSync(finalPath())).toEqual(content);
  });

  test("not at all when everything is there already (416)", async () => {
    const file = fileAt(await server.start(honest()));
    mkdirSync(join(folder, "sub"), { recursive: true });
    writeFileSync(`${finalPath()}.part`, content);
    writeFileSync(`${finalPath()}.part.json`, JSON.stringify({ url: file.url, validator: '"v1"' }));
    await fetchFile(file, folder, quick);
    expect(readFileSync(finalPath())).toEqual(content);
    expect(server.requests).toHaveLength(1);
  });

  test("anew when there is more than the server has (416)", async () => {
    const file = fileAt(await server.start(honest()));
    mkdirSync(join(folder, "sub"), { recursive: true });
    writeFileSync(`${finalPath()}.part`, Buffer.concat([content, content]));
    writeFileSync(`${finalPath()}.part.json`, JSON.stringify({ url: file.url, validator: '"v1"' }));
    await fetchFile(file, folder, quick);
    expect(readFileSync(finalPath())).toEqual(content);
  });

  test("anew when what an earlier run left is damaged", async () => {
    const file = fileAt(await server.start(honest()));
    mkdirSync(join(folder, "sub"), { recursive: true });
    writeFileSync(`${finalPath()}.part`, Buffer.alloc(1000, 7));
    writeFileSync(`${finalPath()}.part.json`, JSON.stringify({ url: file.url, validator: '"v1"' }));
    await fetchFile(file, folder, quick);
    expect(readFileSync(finalPath())).toEqual(content);
    expect(server.requests.map(({ headers }) => headers.range)).toEqual(["bytes=1000-", undefined]);
  });
});

describe("nothing gets the file's name unless it is the file", () => {
  const end = (response: ServerResponse, body: Buffer | string) => void response.end(body);
  test.each<[string, RequestListener, RegExp]>([
    [
      "other content of the same size",
      (_, r) => end(r, Buffer.alloc(content.length, 1)),
      /SHA-256: expected/,
    ],
    [
      "cut short",
      (_, r) => end(r, content.subarray(0, 500)),
      /only 500 of 300000 bytes came|has 500 bytes instead of 300000/,
    ],
    ["cut off again and again", honest({ cutAt: () => 500 }), /could not download/],
    [
      "longer than it should be",
      (_, r) => end(r, Buffer.concat([content, content])),
      /has 600000 bytes instead of 300000/,
    ],
    [
      "longer, without saying so",
      (_, r) => (r.write(content), end(r, content)),
      /sends more than the 300000 bytes/,
    ],
    ["not found", (_, r) => (r.writeHead(404), end(r, "no")), /the server answered 404/],
    [
      "forbidden",
      (_, r) => (r.writeHead(403), end(r, "no")),
      /answered 403; the file is not open to all/,
    ],
    [
      "a page instead of a file",
      (_, r) => (
        r.writeHead(200, { "content-type": "text/html; charset=utf-8" }),
        end(r, "<html>log in</html>")
      ),
      /a web page came instead of the file; it may ask for a login/,
    ],
    ["silence", () => undefined, /nothing came for too long/],
    [
      "a stall in the middle",
      (_, r) => void r.write(content.subarray(0, 10)),
      /nothing came for too long/,
    ],
    [
      "a circle of redirects",
      (_, r) => (r.writeHead(302, { location: "/file.fif" }), end(r, "")),
      /sent on more than 10 times/,
    ],
    [
      "a redirect to a place that is not safe",
      (_, r) => (r.writeHead(302, { location: "http://example.com/file.fif" }), end(r, "")),
      /sent on to http:\/\/example\.com, which is not a safe address/,
    ],
    [
      "a redirect to something that is not of the web",
      (_, r) => (r.writeHead(302, { location: "file:///etc/hostname" }), end(r, "")),
      /not one of the web/,
    ],
  ])("%s", async (name, listener, message) => {
    // Only where nothing comes is there something to give up.
    const patience = /silence|stall/.test(name) ? { stallMs: 300 } : {};
    await expect(fetchFrom(listener, patience)).rejects.toThrow(message);
    expect(existsSync(finalPath())).toBe(false);
    expect(visible().filter((name) => !name.includes(".part"))).toEqual([]);
  });

  test("a final answer is not asked for again", async () => {
    await expect(fetchFrom((_, r) => (r.writeHead(404), end(r, "no")))).rejects.toThrow(/404/);
    expect(server.requests).toHaveLength(1);
  });

  test("no server at all", async () => {
    const work = fetchFile(fileAt("http://127.0.0.1:9"), folder, quick);
    await expect(work).rejects.toMatchObject({ code: "DOWNLOAD_FAILED" });
    expect(visible()).toEqual([]);
  });

  test("a job that is cancelled", async () => {
    const work = fetchFrom((_, response) => void response.write("a"), {
      signal: AbortSignal.timeout(100),
    });
    await expect(work).rejects.toMatchObject({ code: "CANCELLED" });
    expect(existsSync(finalPath())).toBe(false);
  });

  test("a disk without room is seen before anything is asked", async () => {
    const file = { ...fileAt(await server.start(honest())), bytes: 2 ** 60 };
    await expect(fetchFile(file, folder, quick)).rejects.toThrow(
      /it needs .* MB and the disk has .* MB free; make room/,
    );
    expect(server.requests).toHaveLength(0);
  });
});

test.skipIf(!existsSync("/dev/full"))(
  "a disk that becomes full: what to do, and nothing under the name (skipped where there is no /dev/full)",
  async () => {
    const file = fileAt(await server.start(honest()));
    mkdirSync(join(folder, "sub"), { recursive: true });
    // Every write to this device finds the disk full.
    symlinkSync("/dev/full", `${finalPath()}.part`);
    await expect(fetchFile(file, folder, quick)).rejects.toThrow(
      /the disk is full; make room and run it again: it goes on where it stopped/,
    );
    expect(server.requests).toHaveLength(1);
    expect(existsSync(finalPath())).toBe(false);
  },
);

describe("a server that is busy", () => {
  test.each([429, 503])("%d with Retry-After is asked again", async (status) => {
    let request = 0;
    await fetchFrom((question, response) => {
      if (request++ > 0) return honest()(question, response);
      response.writeHead(status, { "retry-after": "0" });
      response.end();
    });
    expect(server.requests).toHaveLength(2);
  });

  test("one that asks for an hour is not waited for", async () => {
    const work = fetchFrom(
      (_, response) => (response.writeHead(429, { "retry-after": "3600" }), void response.end()),
    );
    await expect(work).rejects.toThrow(/answered 429; the server asks to come back in 60 minutes/);
    expect(server.requests).toHaveLength(1);
  });

  test("Retry-After may be seconds or a date", () => {
    expect(waitAsked("7")).toBe(7000);
    expect(waitAsked("Thu, 01 Jan 1970 00:00:09 GMT", 2000)).toBe(7000);
    expect(waitAsked("Thu, 01 Jan 1970 00:00:01 GMT", 2000)).toBe(0);
    expect(waitAsked("soon")).toBeUndefined();
    expect(waitAsked(undefined)).toBeUndefined();
  });
});

test("a mirror is asked when the address fails", async () => {
  const url = await server.start((question, response) =>
    question.url === "/mirror"
      ? honest()(question, response)
      : (response.writeHead(500), void response.end()),
  );
  const file = { ...fileAt(url), mirrors: [`${url}/mirror`] };
  expect(readFileSync(await fetchFile(file, folder, quick))).toEqual(content);
});

test("a token goes to its own host and nowhere else", async () => {
  vi.stubEnv("TSRSA_TEST_TOKEN", "very-secret");
  const other = new FaultyServer();
  const elsewhere = await other.start(honest());
  const url = await server.start(
    (_, response) => (
      response.writeHead(302, { location: `${elsewhere}/file` }),
      void response.end()
    ),
  );
  await fetchFile({ ...fileAt(url), tokenVariable: "TSRSA_TEST_TOKEN" }, folder, quick);
  expect(server.requests[0].headers.authorization).toBe("Bearer very-secret");
  expect(other.requests[0].headers.authorization).toBeUndefined();
  other.stop();
});

test("no message tells a token", async () => {
  vi.stubEnv("TSRSA_TEST_TOKEN", "very-secret");
  const url = await server.start((_, response) => (response.writeHead(401), void response.end()));
  const work = fetchFile({ ...fileAt(url), tokenVariable: "TSRSA_TEST_TOKEN" }, folder, quick);
  const error: unknown = await work.catch((reason: unknown) => reason);
  expect(String(error)).toMatch(/put a token that may read it into TSRSA_TEST_TOKEN/);
  expect(JSON.stringify(error) + String(error) + (error as Error).stack).not.toContain(
    "very-secret",
  );
});

test("a file without a published hash must stay what it was at the first download", async () => {
  let body = content;
  const url = await server.start((_, response) => void response.end(body));
  const file = { path: "a.bin", url: `${url}/a.bin` };
  await fetchFile(file, folder, quick);
  rmSync(join(folder, "a.bin"));
  body = Buffer.from("something else");
  await expect(fetchFile(file, folder, quick)).rejects.toThrow(/that of the first download/);
  body = content;
  await fetchFile(file, folder, quick);
});

test("an MD5 is held to as well", async () => {
  const url = await server.start(honest());
  const md5 = createHash("md5").update(content).digest("hex");
  await fetchFile({ path: "a", url, md5 }, folder, quick);
  await expect(fetchFile({ path: "b", url, md5: "0".repeat(32) }, folder, quick)).rejects.toThrow(
    /MD5: expected 000/,
  );
});

describe("several at once", () => {
  const script = `
    import { fetchFile } from "${new URL("../../data-fetch/index.ts", import.meta.url).href}";
    await fetchFile(JSON.parse(process.argv[1]), process.argv[2], { onProgress: false, retryMs: 1 });
    process.stdout.write("done");
  `;
  function start(file: object) {
    return spawn(
      process.execPath,
      [
        "--import",
        new URL("../support/typescript.mjs", import.meta.url).href,
        "-C",
        "tsrsa-source",
        "--input-type=module",
        "-e",
        script,
        JSON.stringify(file),
        folder,
      ],
      { env: process.env, stdio: ["ignore", "pipe", "inherit"] },
    );
  }

  test("in one process: the file is fetched once", async () => {
    const file = fileAt(await server.start(honest()));
    await Promise.all([1, 2, 3].map(() => fetchFile(file, folder, quick)));
    expect(server.requests).toHaveLength(1);
  });

  test("two processes: the file is fetched once", async () => {
    const file = fileAt(
      await server.start(
        (question, response) => void setTimeout(() => honest()(question, response), 300),
      ),
    );
    const children = [start(file), start(file)];
    const codes = await Promise.all(
      children.map((child) => once(child, "exit").then(([code]) => code as number)),
    );
    expect(codes).toEqual([0, 0]);
    expect(server.requests).toHaveLength(1);
    expect(visible()).toEqual(["file.fif"]);
  });

  test("one that is killed leaves what it has to the next", async () => {
    let slow = true;
    const file = fileAt(
      await server.start((question, response) => {
        if (!slow) return honest()(question, response);
        response.writeHead(200, { etag: '"v1"', "content-length": content.length });
        response.write(content.subarray(0, 150_000));
      }),
    );
    const child = start(file);
    await vi.waitFor(() => expect(statSync(`${finalPath()}.part`).size).toBe(150_000), {
      timeout: 20_000,
    });
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(existsSync(finalPath())).toBe(false);
    slow = false;
    await fetchFile(file, folder, quick);
    expect(server.requests.at(-1)?.headers.range).toBe("bytes=150000-");
    expect(readFileSync(finalPath())).toEqual(content);
    expect(visible()).toEqual(["file.fif"]);
  });
});

describe("where data are", () => {
  test("a folder that lacks a file says which, and where to get it", async () => {
    await expect(locateData("meg-faces", folder)).rejects.toThrow(
      /stimuli.f001\.bmp; meg-faces needs it and .*; download https:.*rsa-data\.zip/,
    );
  });

  test("a folder that has them is taken as it is", async () => {
    writeFileSync(join(folder, "subject04-epo.fif"), "");
    expect(await locateData("eeg-priming", folder)).toMatchObject({ folder, kind: "real" });
  });

  test("demo data that were copied elsewhere are demo data still", async () => {
    writeFileSync(join(folder, "subject04-epo.fif"), "");
    writeFileSync(join(folder, "complete.json"), "{}");
    expect(await locateData("eeg-priming", folder)).toMatchObject({ folder, kind: "demo" });
  });

  test("an unknown data set meets the right one", async () => {
    await expect(locateData("eeg-prime", "demo")).rejects.toThrow(/did you mean "eeg-priming"/);
  });

  test("a file that is not the known one is named", async () => {
    writeFileSync(join(folder, "a.fif"), "wrong");
    const set = {
      name: "toy",
      expects: ["a.fif", "b.fif"],
      files: [{ ...fileAt(""), path: "a.fif" }],
    } as unknown as DataSet;
    expect(await findFaults(set, folder)).toEqual([
      "a.fif is not the file we know (its size or hash differs)",
      "b.fif is missing",
    ]);
  });
});
