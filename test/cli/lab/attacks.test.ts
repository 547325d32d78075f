import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Lab } from "../../../cli/lab/server.ts";
import { ask, notebookFolder, opened, startLab, Visitor } from "./lab.ts";

const outer = notebookFolder();
const folder = notebookFolder();
let lab: Lab;
let visitor: Visitor;

beforeAll(async () => {
  writeFileSync(join(outer, "secret.ipynb"), "{}");
  writeFileSync(join(folder, "data.csv"), "a,b\n1,2\n");
  writeFileSync(join(folder, "page.html"), "<script>alert(1)</script>");
  writeFileSync(join(folder, ".hidden.ts"), "// %%\n");
  symlinkSync(join(outer, "secret.ipynb"), join(folder, "link.ipynb"));
  symlinkSync(outer, join(folder, "away"));
  lab = await startLab(folder);
  visitor = await Visitor.enter(lab);
});
afterAll(() => lab.close());

test("without the token, or with a wrong one, nothing is answered", async () => {
  for (const path of ["/", "/lab.js", "/api/list", "/api/notebook?path=one.ts", "/?token=wrong"])
    expect([path, (await ask(lab.origin, path)).status]).toEqual([path, 403]);
});

test("the token is good once; the cookie of the run is not for scripts, nor for other sites", async () => {
  const fresh = new URL(lab.address());
  const first = await ask(lab.origin, fresh.pathname + fresh.search);
  expect(first.status).toBe(303);
  expect(first.headers.location).toBe("/");
  expect(first.headers["set-cookie"]?.[0]).toMatch(
    /^tsrsa-lab-[0-9a-f]{8}=[\w-]{32}; HttpOnly; SameSite=Strict; Path=\/$/,
  );
  expect((await ask(lab.origin, fresh.pathname + fresh.search)).status).toBe(403);
  expect(lab.address()).not.toContain(fresh.searchParams.get("token"));
});

test("the cookie of another run opens nothing", async () => {
  const other = await startLab(folder);
  try {
    const { status } = await ask(other.origin, "/", { headers: { Cookie: visitor.cookie } });
    expect(status).toBe(403);
  } finally {
    await other.close();
  }
});

test("another host is refused, also with the cookie: a name that points here is not ours", async () => {
  const port = new URL(lab.origin).port;
  for (const host of ["evil.example", `evil.example:${port}`, "127.0.0.1", `127.0.0.1:1${port}`])
    expect([host, (await visitor.ask("/", { headers: { Host: host } })).status]).toEqual([
      host,
      403,
    ]);
  const named = await visitor.ask("/api/list", { headers: { Host: `localhost:${port}` } });
  expect(named.status).toBe(200);
});

test("a change asked for by another origin, or by none, is refused", async () => {
  const before = readFileSync(join(folder, "one.ts"), "utf8");
  const port = new URL(lab.origin).port;
  const origins = [
    "http://evil.example",
    "null",
    "",
    `https://127.0.0.1:${port}`,
    "http://127.0.0.1:1",
  ];
  for (const Origin of origins) {
    const { status } = await visitor.ask("/api/notebook?path=one.ts", {
      method: "PUT",
      headers: { Origin, "If-None-Match": "*" },
      body: "// %%\nhostile\n",
    });
    expect([Origin, status]).toEqual([Origin, 403]);
  }
  expect(readFileSync(join(folder, "one.ts"), "utf8")).toBe(before);
});

test("a socket from another origin or host, or without the cookie, does not open", async () => {
  const port = new URL(lab.origin).port;
  expect(await opened(visitor.socket("path=one.ts", { Origin: "http://evil.example" }))).toContain(
    "403",
  );
  expect(await opened(visitor.socket("path=one.ts", { Origin: "" }))).toContain("403");
  expect(await opened(visitor.socket("path=one.ts", { Cookie: "" }))).toContain("403");
  expect(
    await opened(
      visitor.socket("path=one.ts", {
        Host: `evil.example:${port}`,
        Origin: `http://evil.example:${port}`,
      }),
    ),
  ).toContain("403");
  expect(await opened(visitor.socket("path=data.csv"))).toContain("403");
  expect(await opened(visitor.socket("path=../secret.ipynb"))).toContain("403");
  expect(await opened(visitor.socket("path=link.ipynb"))).toContain("403");
});

test("nothing outside the folder is read or written: dots, absolute paths, links, hidden files", async () => {
  const paths = [
    "../secret.ipynb",
    "a/../../secret.ipynb",
    `${outer}/secret.ipynb`,
    "..\\secret.ipynb",
    "C:\\secret.ipynb",
    "link.ipynb",
    "away/secret.ipynb",
    ".hidden.ts",
    "one.ts\0.ipynb",
  ];
  for (const path of paths) {
    const query = new URLSearchParams({ path }).toString();
    expect([path, (await visitor.ask(`/api/notebook?${query}`)).status]).toEqual([path, 403]);
    expect([path, (await visitor.ask(`/api/download?${query}`)).status]).toEqual([path, 403]);
    const upload = await visitor.ask(`/api/upload?${query}`, { method: "POST", body: "x" });
    expect([path, [403, 422].includes(upload.status)]).toEqual([path, true]);
    const saved = await visitor.ask(`/api/notebook?${query}`, {
      method: "PUT",
      headers: { "If-None-Match": "*" },
      body: "{}",
    });
    expect([path, saved.status]).toEqual([path, 403]);
  }
  expect(readFileSync(join(outer, "secret.ipynb"), "utf8")).toBe("{}");
  const list = JSON.parse((await visitor.ask("/api/list")).text) as { entries: { name: string }[] };
  expect(list.entries.map(({ name }) => name)).toEqual(
    ["one.ts", "two.ipynb", "data.csv", "page.html"].sort(
      (a, b) => Number(/html|csv/.test(a)) - Number(/html|csv/.test(b)),
    ),
  );
});

test("only notebooks are read and written as notebooks", async () => {
  for (const path of ["data.csv", "page.html", "package.json", "x.d.ts", "x.js"]) {
    expect([path, (await visitor.ask(`/api/notebook?path=${path}`)).status]).toEqual([path, 403]);
    const saved = await visitor.ask(`/api/notebook?path=${path}`, {
      method: "PUT",
      headers: { "If-None-Match": "*" },
      body: "x",
    });
    expect([path, saved.status]).toEqual([path, 403]);
  }
});

test("own data are downloads, never pages", async () => {
  const { status, headers, text } = await visitor.ask("/api/download?path=page.html");
  expect([status, text]).toEqual([200, "<script>alert(1)</script>"]);
  expect(headers["content-type"]).toBe("application/octet-stream");
  expect(headers["content-disposition"]).toMatch(/^attachment/);
  expect(headers["x-content-type-options"]).toBe("nosniff");
  expect(headers["content-security-policy"]).toContain("sandbox");
  expect((await visitor.ask("/page.html")).status).toBe(404);
});

test("the page may load and reach itself alone; the frame for scripts of outputs is nobody's", async () => {
  const page = await visitor.ask("/");
  expect(page.headers["content-security-policy"]).toBe(
    "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data: blob:; " +
      "style-src 'self' 'unsafe-inline'; font-src 'self'; frame-src 'self'; base-uri 'none'; " +
      "form-action 'none'; frame-ancestors 'none'",
  );
  const frame = await visitor.ask("/frame.html");
  expect(frame.headers["content-security-policy"]).toMatch(
    /^sandbox allow-scripts; default-src 'none'/,
  );
  expect(frame.headers["content-security-policy"]).not.toContain("connect-src");
  for (const { headers } of [page, frame]) {
    expect(headers["cross-origin-resource-policy"]).toBe("same-origin");
    expect(headers["referrer-policy"]).toBe("no-referrer");
  }
});

test("it listens on this machine alone", () => {
  expect(new URL(lab.origin).hostname).toBe("127.0.0.1");
});

test("a path of the page leads to its own files only", async () => {
  for (const path of [
    "/../package.json",
    "/%2e%2e/package.json",
    "/fonts/../../x.js",
    "/lab.js.map",
    "/web/x.ts",
  ])
    expect([path, (await visitor.ask(path)).status]).toEqual([path, 404]);
  expect((await visitor.ask("/", { method: "POST" })).status).toBe(405);
});
