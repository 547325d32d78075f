import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import { asset } from "./assets.ts";
import { checkNotebookName } from "./file-names.ts";
import type { Refusal } from "./gate.ts";
import { Gate } from "./gate.ts";
import { Inside } from "./inside.ts";
import { LabError } from "./lab-error.ts";
import { routes } from "./routes.ts";
import { Sessions } from "./sessions.ts";

/** The most bytes of one message of a page. */
const mostMessageBytes = 64 * 2 ** 20;

/** A lab that listens. */
export interface Lab {
  /** An address to open, good for one browser; each call makes a new one when the last was used. */
  address(query?: string): string;
  readonly origin: string;
  /** Ends the kernels and the server. */
  close(): Promise<void>;
}

/** Serves the notebooks of a folder to this machine alone. `port` 0 takes a free one. */
export async function startLab(folder: string, { port = 0 } = {}): Promise<Lab> {
  const parts: Parts = {
    gate: new Gate(),
    inside: await Inside.of(folder),
    sessions: new Sessions(),
    sockets: new WebSocketServer({ noServer: true, maxPayload: mostMessageBytes }),
  };
  const server = createServer((request, response) => void answer(parts, request, response));
  server.on("upgrade", (request, socket, head) => void upgrade(parts, request, socket, head));
  await listen(server, port);
  parts.gate.listenOn((server.address() as AddressInfo).port);
  return {
    address: (query) => parts.gate.address(query),
    origin: parts.gate.origin,
    close: async () => {
      await parts.sessions.close();
      parts.sockets.clients.forEach((client) => client.terminate());
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Parts {
  readonly gate: Gate;
  readonly inside: Inside;
  readonly sessions: Sessions;
  readonly sockets: WebSocketServer;
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve());
  });
}

async function answer(
  parts: Parts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("Referrer-Policy", "no-referrer");
  response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
  response.setHeader("Cache-Control", "no-store");
  try {
    await route(parts, request, response);
  } catch (error) {
    sendError(response, error);
  }
}

async function route(
  parts: Parts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { gate } = parts;
  const { pathname, searchParams: query } = addressOf(request);
  const method = request.method ?? "GET";
  const byHost = gate.refuseHost(request);
  if (byHost !== undefined) return refuse(response, byHost);
  const token = query.get("token");
  if (token !== null && pathname === "/" && method === "GET" && gate.refuseStranger(request)) {
    const cookie = gate.exchange(token);
    if (cookie !== undefined) return enter(response, query, cookie);
  }
  const refusal =
    gate.refuseStranger(request) ?? (method === "GET" ? undefined : gate.refuseOrigin(request));
  if (refusal !== undefined) return refuse(response, refusal);
  if (token !== null) return enter(response, query);
  if (!pathname.startsWith("/api/")) return sendAsset(response, method, pathname);
  const found = routes[`${method} ${pathname}`];
  if (found === undefined) throw new LabError(404, `there is no ${method} ${pathname}`);
  const result = await found(parts, { request, response, query });
  if (result !== undefined) sendJson(response, 200, result);
}

/** Into the page, with the token out of the address. */
function enter(response: ServerResponse, query: URLSearchParams, cookie?: string): void {
  query.delete("token");
  const rest = query.toString();
  const headers = cookie === undefined ? {} : { "Set-Cookie": cookie };
  response.writeHead(303, { Location: rest === "" ? "/" : `/?${rest}`, ...headers }).end();
}

function sendAsset(response: ServerResponse, method: string, pathname: string): void {
  if (method !== "GET") throw new LabError(405, "the page is only read");
  const { bytes, headers } = asset(pathname === "/" ? "index.html" : pathname.slice(1));
  response.writeHead(200, headers).end(bytes);
}

async function upgrade(
  { gate, inside, sessions, sockets }: Parts,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<void> {
  const refuseWith = (status: string): void => void socket.end(`HTTP/1.1 ${status}\r\n\r\n`);
  socket.on("error", () => socket.destroy());
  try {
    const { pathname, searchParams: query } = addressOf(request);
    const refusal =
      gate.refuseHost(request) ?? gate.refuseStranger(request) ?? gate.refuseOrigin(request);
    if (refusal !== undefined) return refuseWith("403 Forbidden");
    if (pathname !== "/api/kernel") return refuseWith("404 Not Found");
    const name = query.get("path") ?? "";
    checkNotebookName(name);
    const path = await inside.path(name);
    sockets.handleUpgrade(request, socket, head, (client) =>
      sessions.attach(path, client, {
        tab: (query.get("tab") ?? "").slice(0, 100),
        kernel: query.get("kernel") ?? "",
        after: Number(query.get("after") ?? 0) || 0,
      }),
    );
  } catch {
    refuseWith("403 Forbidden");
  }
}

function addressOf(request: IncomingMessage): URL {
  try {
    return new URL(request.url ?? "/", "http://lab");
  } catch {
    throw new LabError(400, "this is no address");
  }
}

function refuse(response: ServerResponse, { status, reason }: Refusal): void {
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8" }).end(`${reason}\n`);
}

function sendError(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy();
  if (error instanceof LabError)
    return sendJson(response, error.status, { reason: error.message, ...error.details });
  const reason = error instanceof Error ? error.message : String(error);
  sendJson(response, 500, { reason });
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const headers = { "Content-Type": "application/json; charset=utf-8" };
  response.writeHead(status, headers).end(JSON.stringify(value));
}
