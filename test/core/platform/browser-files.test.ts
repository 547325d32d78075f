import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FileFormatError, MissingFile } from "../../../src/core/errors.ts";
import { ServerFailed } from "../../../src/core/http/errors.ts";
import { openPath } from "../../../src/core/platform/browser/files.ts";

let server: Server;
const address = (path: string) =>
  `http://127.0.0.1:${(server.address() as AddressInfo).port}/${path}`;

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === "/gone") response.writeHead(404).end();
    else if (request.url === "/whole") response.end("0123456789");
    else {
      // The end comes before the length that was said.
      response.writeHead(200, { "content-length": 100 });
      response.write("0123456789", () => response.destroy());
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterAll(() => void server.close());

test("a part of a file is read, and a part beyond its end refused as in Node", async () => {
  const file = await openPath(address("whole"));
  expect(file.size).toBe(10);
  expect(new TextDecoder().decode(await file.read(3, 4))).toBe("3456");
  await expect(file.read(8, 3)).rejects.toThrow(FileFormatError);
  await expect(file.read(-1, 3)).rejects.toThrow(FileFormatError);
});

test("an answer that ends before its length each time is told, and never a short file", async () => {
  await expect(openPath(address("cut"))).rejects.toThrow(ServerFailed);
});

test("an address where nothing is, is a missing file", async () => {
  await expect(openPath(address("gone"))).rejects.toThrow(MissingFile);
});
