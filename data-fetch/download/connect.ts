import { request as askHttp, type ClientRequest, type IncomingMessage } from "node:http";
import { request as askHttps } from "node:https";
import type { Socket } from "node:net";
import { connect as startTls } from "node:tls";
import { AttemptFailed } from "./errors.ts";
import { proxyFor } from "./proxy.ts";

/** What goes over the wire. */
export interface Wire {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Gives up when nothing has come for so long. */
  readonly stallMs: number;
}

/** Nothing came for too long. */
export class StallTimeoutError extends Error {
  override readonly name = "StallTimeoutError";
}

/** Ask an address, through the user's proxy where there is one; resolves when the answer's headers are here. */
export async function send(url: URL, wire: Wire): Promise<IncomingMessage> {
  const proxy = proxyFor(url);
  if (proxy === undefined) return answerOf(direct(url, wire), wire);
  if (url.protocol === "http:") return answerOf(forwarded(url, proxy, wire), wire);
  const tunnel = await openTunnel(url, proxy, wire);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const createConnection = () => startTls({ socket: tunnel, servername: host });
  const options = { headers: wire.headers, signal: wire.signal, agent: false, createConnection };
  return answerOf(askHttps(url, options), wire);
}

function direct(url: URL, { headers, signal }: Wire): ClientRequest {
  const ask = url.protocol === "https:" ? askHttps : askHttp;
  return ask(url, { headers, signal, agent: false });
}

/** A proxy for http takes the whole address as path. */
function forwarded(url: URL, proxy: URL, { headers, signal }: Wire): ClientRequest {
  const ask = proxy.protocol === "https:" ? askHttps : askHttp;
  return ask(proxy, {
    path: url.href,
    headers: { host: url.host, ...headers, ...proxyLogin(proxy) },
    signal,
    agent: false,
  });
}

/** A proxy for https connects us through, and sees nothing of what is said. */
async function openTunnel(url: URL, proxy: URL, { signal, stallMs }: Wire): Promise<Socket> {
  const to = `${url.hostname}:${url.port === "" ? "443" : url.port}`;
  const ask = proxy.protocol === "https:" ? askHttps : askHttp;
  const headers = { host: to, ...proxyLogin(proxy) };
  const question = ask(proxy, { method: "CONNECT", path: to, headers, signal, agent: false });
  question.setTimeout(stallMs, () =>
    question.destroy(new StallTimeoutError("the proxy is silent")),
  );
  return new Promise((resolve, reject) => {
    question.on("error", reject);
    question.on("connect", ({ statusCode }, socket: Socket) => {
      if (statusCode === 200) return resolve(socket.setTimeout(0));
      socket.destroy();
      reject(
        new AttemptFailed(`the proxy ${proxy.host} answered ${statusCode}`, statusCode !== 407),
      );
    });
    question.end();
  });
}

function proxyLogin({ username, password }: URL): Record<string, string> {
  if (username === "") return {};
  const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { "proxy-authorization": `Basic ${Buffer.from(login).toString("base64")}` };
}

function answerOf(question: ClientRequest, { stallMs }: Wire): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    let answer: IncomingMessage | undefined;
    question.setTimeout(stallMs, () => {
      const stalled = new StallTimeoutError("nothing came for too long");
      if (answer === undefined) question.destroy(stalled);
      else answer.destroy(stalled);
    });
    // Errors after the answer came are the body's to tell.
    question.on("error", reject);
    question.on("response", (found) => {
      answer = found;
      found.on("error", () => {});
      resolve(found);
    });
    question.end();
  });
}
