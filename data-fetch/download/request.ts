import type { Readable } from "node:stream";
import type { Dispatcher } from "undici";
import { AttemptFailed } from "./errors.ts";

const mostRedirects = 10;

/** A server's answer whose body has not been read. */
export interface Answer {
  readonly status: number;
  /** A header's value, by its name in lower case. */
  readonly header: (name: string) => string | undefined;
  readonly body: Readable;
  /** Do without the body. */
  readonly discard: () => void;
}

/** What is asked. */
export interface Question {
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent to the address's own host and to no other. */
  readonly token?: string;
  readonly signal?: AbortSignal;
  /** Gives up when nothing has come for so long. */
  readonly stallMs: number;
}

/**
 * Ask a server for a file, through the user's proxy, following redirects to https alone.
 * Throws `AttemptFailed`.
 */
export async function request(address: string, question: Question): Promise<Answer> {
  const { request: send } = await import("undici");
  const dispatcher = await theDispatcher();
  let url = parseAddress(address);
  for (let hop = 0; hop <= mostRedirects; hop++) {
    const answer = await send(url, {
      dispatcher,
      method: "GET",
      headers: { ...question.headers, "accept-encoding": "identity", ...tokenFor(url, address) },
      signal: question.signal,
      headersTimeout: question.stallMs,
      bodyTimeout: question.stallMs,
    });
    const location = headerOf(answer.headers, "location");
    if (!isRedirect(answer.statusCode) || location === undefined)
      return {
        status: answer.statusCode,
        header: (name) => headerOf(answer.headers, name),
        body: answer.body,
        discard: () => discard(answer.body),
      };
    discard(answer.body);
    url = checkRedirect(url, location);
  }
  throw new AttemptFailed(`it was sent on more than ${mostRedirects} times`, false);

  function tokenFor(to: URL, from: string): Record<string, string> {
    if (question.token === undefined || to.origin !== new URL(from).origin) return {};
    return { authorization: `Bearer ${question.token}` };
  }
}

// Destroying a body makes it tell of an abort, which is no news to us.
function discard(body: Readable): void {
  body.on("error", () => {});
  body.destroy();
}

/** Sent on from https to http, or from elsewhere to this machine: never. */
function checkRedirect(from: URL, location: string): URL {
  const to = parseAddress(location, from);
  const safe = to.protocol === "https:" ? !isLoopback(to) : isLoopback(to);
  if (safe || (isLoopback(from) && isLoopback(to))) return to;
  throw new AttemptFailed(`it was sent on to ${to.origin}, which is not a safe address`, false);
}

function parseAddress(address: string, base?: URL): URL {
  const url = URL.canParse(address, base) ? new URL(address, base) : undefined;
  if (url?.protocol === "https:" || url?.protocol === "http:") return url;
  throw new AttemptFailed("the address is not one of the web", false);
}

function isLoopback({ hostname }: URL): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

function headerOf(headers: Dispatcher.ResponseData["headers"], name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

let dispatcher: Promise<Dispatcher> | undefined;

/** Honours HTTPS_PROXY, HTTP_PROXY and NO_PROXY, in either case. */
function theDispatcher(): Promise<Dispatcher> {
  dispatcher ??= import("undici").then(({ EnvHttpProxyAgent }) => new EnvHttpProxyAgent());
  return dispatcher;
}
