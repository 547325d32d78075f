import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A file that the tests' server has. */
export const content = Buffer.alloc(300_000, "a recording of a few bytes\n");
export const sha256 = createHash("sha256").update(content).digest("hex");

/** A server on this machine alone that answers as a test wants. */
export class FaultyServer {
  readonly requests: { url: string; headers: IncomingMessage["headers"] }[] = [];
  #server: Server | undefined;

  async start(listener: RequestListener): Promise<string> {
    this.#server = createServer((request, response) => {
      this.requests.push({ url: request.url ?? "", headers: request.headers });
      listener(request, response);
    });
    await new Promise<void>((resolve) => this.#server?.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.requests.length = 0;
    this.#server?.closeAllConnections();
    this.#server?.close();
  }
}

/** An honest server of `content`: ranges, ETag, If-Range. Bytes from `cutAt(n)` of request n on never come. */
export function honest(
  options: {
    etag?: string;
    cutAt?: (request: number) => number | undefined;
    file?: Buffer;
    ranges?: boolean;
  } = {},
): RequestListener {
  const { etag = '"v1"', file = content, ranges = true } = options;
  let request = 0;
  return (question, response) => {
    const cut = options.cutAt?.(request++);
    const range = /^bytes=(\d+)-$/.exec(question.headers.range ?? "")?.[1];
    const condition = question.headers["if-range"];
    const from =
      ranges && range !== undefined && (condition === undefined || condition === etag)
        ? Number(range)
        : 0;
    if (from >= file.length) {
      response.writeHead(416, { "content-range": `bytes */${file.length}` });
      return void response.end();
    }
    response.writeHead(from > 0 ? 206 : 200, {
      etag,
      "content-length": file.length - from,
      ...(from > 0 ? { "content-range": `bytes ${from}-${file.length - 1}/${file.length}` } : {}),
    });
    if (cut === undefined || cut >= file.length) return void response.end(file.subarray(from));
    response.write(file.subarray(from, cut), () => setTimeout(() => response.destroy(), 20));
  };
}
