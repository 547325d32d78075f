import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { onStop } from "../run/on-stop.ts";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".ts": "text/plain; charset=utf-8",
  ".ipynb": "application/x-ipynb+json",
};

/** Serves the files of a site to this machine until it is stopped. */
export async function serveSite(folder: string): Promise<void> {
  const server = createServer((request, response) => {
    const name = fileName(request.url ?? "/");
    const host = request.headers.host ?? "";
    if (name === undefined || !/^(127\.0\.0\.1|localhost):\d+$/.test(host))
      return void response.writeHead(404).end();
    readFile(join(folder, name)).then(
      (bytes) => {
        const type = types[extname(name)] ?? "application/octet-stream";
        response.writeHead(200, { "Content-Type": type, "X-Content-Type-Options": "nosniff" });
        response.end(bytes);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve());
  });
  console.log(`it is at http://127.0.0.1:${(server.address() as AddressInfo).port}/ until Ctrl-C`);
  await new Promise<void>((end) => onStop((again) => (again ? process.exit(1) : end())));
  server.closeAllConnections();
  server.close();
}

/** A site has files of one folder only. */
function fileName(address: string): string | undefined {
  try {
    const name = decodeURIComponent(new URL(address, "http://site").pathname.slice(1));
    if (name === "") return "index.html";
    return /[/\\]|^\./.test(name) ? undefined : name;
  } catch {
    return undefined;
  }
}
