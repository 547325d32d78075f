import { createServer } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { readFileSync, writeFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, test, vi } from "vitest";
import { fetchFile } from "../../data-fetch/index.ts";
import { forgetPins, pin, pinOf } from "../../data-fetch/download/pins.ts";
import { proxyFor } from "../../data-fetch/download/proxy.ts";
import { request } from "../../data-fetch/download/request.ts";
import { wantedFiles } from "../../data-fetch/sets/dryad-files.ts";
import { content, honest, sha256 } from "./faulty-server.ts";
import { folder, server } from "./fresh-room.ts";

const quick = { stallMs: 20_000, retryMs: 1, attempts: 2, onProgress: false } as const;

test("a body without a length that ends by closing: the process lives and the file is right", async () => {
  const url = await server.start((_, response) => {
    response.writeHead(200, { connection: "close" });
    response.end(content);
  });
  const files = Array.from({ length: 8 }, (_, i) => ({
    path: `${i}.bin`,
    url: `${url}/${i}`,
    sha256,
  }));
  const paths = await Promise.all(files.map((file) => fetchFile(file, folder, quick)));
  for (const path of paths) expect(readFileSync(path)).toEqual(content);
});

test("206 to a plain GET is no file", async () => {
  const url = await server.start((_, response) => {
    response.writeHead(206, { "content-range": `bytes 0-9/${content.length}` });
    response.end(content.subarray(0, 10));
  });
  writeFileSync(join(folder, "x.part"), "rubbish of an earlier run");
  const file = { path: "x", url: `${url}/x` };
  await expect(fetchFile(file, folder, quick)).rejects.toMatchObject({ code: "DOWNLOAD_FAILED" });
  expect(existsSync(join(folder, "x"))).toBe(false);
});

test("pins of many at once are all kept, and can be forgotten", async () => {
  const urls = Array.from({ length: 15 }, (_, i) => `https://example.org/${i}`);
  await Promise.all(urls.map((url, i) => pin({ path: "x", url }, { sha256: `${i}` })));
  expect(await Promise.all(urls.map((url) => pinOf({ url })))).toEqual(urls.map((_, i) => `${i}`));
  expect(await forgetPins(urls.slice(0, 3))).toEqual(urls.slice(0, 3));
  expect(await pinOf({ url: urls[0] })).toBeUndefined();
  expect(await pinOf({ url: urls[3] })).toBe("3");
});

test("Dryad's token goes to Dryad alone, whatever its listing says", () => {
  const listing = (href: string) => ({
    _embedded: { "stash:files": [{ path: "a", _links: { "stash:download": { href } } }] },
  });
  const [own] = wantedFiles(listing("/api/v2/files/1/download"), ["a"], "10.5061/x");
  const [other] = wantedFiles(listing("http://elsewhere.example/a"), ["a"], "10.5061/x");
  expect([own.tokenVariable, other.tokenVariable]).toEqual(["DRYAD_TOKEN", undefined]);
});

test("HTTPS_PROXY, HTTP_PROXY and NO_PROXY", () => {
  const env = { HTTPS_PROXY: "http://p:1", http_proxy: "q:2", NO_PROXY: "a.org, .b.org,c.org:81" };
  const via = (url: string) => proxyFor(new URL(url), env)?.href;
  expect(via("https://x.org")).toBe("http://p:1/");
  expect(via("http://x.org")).toBe("http://q:2/");
  for (const url of ["https://a.org", "https://s.a.org", "https://s.b.org", "http://c.org:81"])
    expect([url, via(url)]).toEqual([url, undefined]);
  expect(via("http://c.org")).toBe("http://q:2/");
  expect(via("https://nota.org")).toBe("http://p:1/");
});

test("https goes through a CONNECT proxy, http by its whole address", async () => {
  const seen: string[] = [];
  const url = await server.start(honest());
  const proxy = createServer((question, response) => {
    seen.push(`GET ${question.url}`);
    response.end("by proxy");
  });
  proxy.on("connect", (question, socket) => {
    seen.push(`CONNECT ${question.url}`);
    const through = connect(Number(new URL(url).port), "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      through.pipe(socket).pipe(through);
    });
    for (const end of [socket, through]) end.on("error", () => end.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  vi.stubEnv("https_proxy", address);
  vi.stubEnv("http_proxy", address);
  vi.stubEnv("no_proxy", "");
  const answer = await request("http://files.example/a", { stallMs: 20_000 });
  expect(await text(answer.body)).toBe("by proxy");
  // What answers behind the tunnel here speaks no TLS: that the tunnel was asked for is what counts.
  await expect(request("https://files.example/b", { stallMs: 1000 })).rejects.toThrow();
  expect(seen).toEqual(["GET http://files.example/a", "CONNECT files.example:443"]);
  // A redirect to this machine from elsewhere is never followed.
  proxy.removeAllListeners("request");
  proxy.on("request", (_, response) =>
    response.writeHead(302, { location: `${url}/secret` }).end(),
  );
  await expect(request("http://files.example/c", { stallMs: 1000 })).rejects.toThrow(
    /not a safe address/,
  );
  proxy.closeAllConnections();
  proxy.close();
});
