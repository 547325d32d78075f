// Hosts of files as the bench needs them: gzipped as real ones send them, with the headers of shared memory or without.
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";

const types = { ".js": "text/javascript", ".html": "text/html", ".css": "text/css" };
const isolation = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
};

/** Serves `folder`; `sent` is the list of what was sent since it was last emptied, with gzipped bytes. */
export async function host(folder, { shared = true } = {}) {
  const sent = [];
  const server = createServer((request, response) => {
    const name = decodeURIComponent(new URL(request.url, "http://x").pathname);
    const path = join(folder, name.endsWith("/") ? `${name}index.html` : name);
    let bytes;
    try {
      bytes = gzipSync(readFileSync(path));
    } catch {
      return void response.writeHead(404).end();
    }
    sent.push({ name, bytes: bytes.length });
    response.writeHead(200, {
      "Content-Type": types[extname(path)] ?? "application/octet-stream",
      "Content-Encoding": "gzip",
      ...(shared ? isolation : {}),
    });
    response.end(bytes);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { address: `http://127.0.0.1:${server.address().port}`, sent, close };
}
