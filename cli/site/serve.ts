import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { onStop } from "../run/on-stop.ts";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".ts": "text/plain; charset=utf-8",
  ".ipynb": "application/x-ipynb+json",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".woff2": "font/woff2",
};

/** As the site's service worker sends them too: pages that may share memory, and cells that reach no other host. */
const isolating = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
};
const cellsPolicy =
  "default-src 'none'; script-src 'self' blob: 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self' blob:";

/** Files of a folder at an address of this machine. */
export interface Host {
  readonly address: string;
  close(): void;
}

/** Serves the files of a site to this machine until it is stopped. */
export async function serveSite(folder: string): Promise<void> {
  const host = await startHost(folder);
  console.log(`it is at ${host.address} until Ctrl-C`);
  await new Promise<void>((end) => onStop((again) => (again ? process.exit(1) : end())));
  host.close();
}

/** Starts to serve the files of a site to this machine. */
export async function startHost(folder: string): Promise<Host> {
  const server = createServer((request, response) => {
    const name = fileName(request.url ?? "/");
    const host = request.headers.host ?? "";
    if (name === undefined || !/^(127\.0\.0\.1|localhost):\d+$/.test(host))
      return void response.writeHead(404).end();
    readFile(join(folder, name)).then(
      (bytes) => void response.writeHead(200, headersOf(name)).end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve());
  });
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function headersOf(name: string): Record<string, string> {
  const isCells = /^lab\/(kernel|cells|language)\.js$/.test(name);
  return {
    "Content-Type": types[extname(name)] ?? "application/octet-stream",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
    ...isolating,
    ...(isCells ? { "Content-Security-Policy": cellsPolicy } : {}),
  };
}

/** The pages, and below `lab/` what makes them live; nothing above, nothing hidden. */
function fileName(address: string): string | undefined {
  try {
    const name = decodeURIComponent(new URL(address, "http://site").pathname.slice(1));
    if (name === "") return "index.html";
    if (/\\|(^|\/)\./.test(name)) return undefined;
    return /^(?:[^/]+|lab\/(?:lib\/|fonts\/)?[^/]+)$/.test(name) ? name : undefined;
  } catch {
    return undefined;
  }
}
