import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A server of one file, which can be told to behave in every way that servers do. */
export interface RangeServer {
  readonly address: string;
  /** The file as it is now. */
  bytes: Uint8Array;
  etag: string | undefined;
  modified: string | undefined;
  /** False: the server gives whole files alone. */
  ranges: boolean;
  /** Status codes to answer first, one a request. */
  failures: number[];
  /** How many of the next answers are cut in the middle. */
  cuts: number;
  /** Says nothing of which part it gives, as a page sees it that may not look at this header. */
  hideRange: boolean;
  /** Milliseconds between the bytes of an answer, which comes in ten pieces. */
  slowMs: number;
  /** What the last request said of who asks. */
  authorization: string | undefined;
  /** The first byte of a part is this, whatever was asked for. */
  wrongStart: number | undefined;
  /** The length that parts are said to be of; undefined: the true one. */
  claimed: number | undefined;
  requests: number;
  sent: number;
  close(): Promise<void>;
}

export async function rangeServer(bytes: Uint8Array, name = "file.bin"): Promise<RangeServer> {
  const server = createServer((request, response) => answer(state, request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const state: RangeServer = {
    address: `http://127.0.0.1:${port}/${name}`,
    bytes,
    etag: '"one"',
    modified: undefined,
    ranges: true,
    failures: [],
    cuts: 0,
    hideRange: false,
    slowMs: 0,
    authorization: undefined,
    wrongStart: undefined,
    claimed: undefined,
    requests: 0,
    sent: 0,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return state;
}

function answer(state: RangeServer, request: IncomingMessage, response: ServerResponse): void {
  state.requests++;
  state.authorization = request.headers.authorization;
  const failure = state.failures.shift();
  if (failure !== undefined || new URL(state.address).pathname !== request.url?.split("?")[0]) {
    response.writeHead(failure ?? 404).end("no");
    return;
  }
  const { bytes } = state;
  if (state.etag !== undefined) response.setHeader("ETag", state.etag);
  if (state.modified !== undefined) response.setHeader("Last-Modified", state.modified);
  const asked = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "");
  if (!state.ranges || asked === null) return send(state, response, 200, bytes);
  const [first, last] = asked.slice(1).map(Number);
  const from = state.wrongStart ?? first;
  if (from >= bytes.length) {
    response.writeHead(416, { "Content-Range": `bytes */${bytes.length}` }).end();
    return;
  }
  const part = bytes.subarray(from, last + 1);
  const range = `bytes ${from}-${from + part.length - 1}/${state.claimed ?? bytes.length}`;
  if (!state.hideRange) response.setHeader("Content-Range", range);
  send(state, response, 206, part);
}

function send(
  state: RangeServer,
  response: ServerResponse,
  status: number,
  part: Uint8Array,
): void {
  state.sent += part.length;
  response.writeHead(status, { "Content-Length": part.length });
  if (state.cuts-- > 0)
    response.write(part.subarray(0, part.length >> 1), () => response.destroy());
  else if (state.slowMs > 0) void slowly(state.slowMs, response, part);
  else response.end(part);
}

async function slowly(ms: number, response: ServerResponse, part: Uint8Array): Promise<void> {
  const step = Math.ceil(part.length / 10);
  for (let at = 0; at < part.length && !response.destroyed; at += step) {
    response.write(part.subarray(at, at + step));
    await new Promise((resolve) => setTimeout(resolve, ms));
  }
  response.end();
}
