import type { Readable } from "node:stream";
import { send } from "./connect.ts";
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
  let url = parseAddress(address);
  for (let hop = 0; hop <= mostRedirects; hop++) {
    const { signal, stallMs } = question;
    const headers = {
      ...question.headers,
      "accept-encoding": "identity",
      ...tokenFor(url, address),
    };
    const body = await send(url, { headers, signal, stallMs });
    const status = body.statusCode ?? 0;
    const location = body.headers.location;
    if (!isRedirect(status) || location === undefined)
      return {
        status,
        header: (name) => headerOf(body.headers[name]),
        body,
        discard: () => discard(body),
      };
    discard(body);
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

/** Sent on from https to http, or from elsewhere to this machine: never. Between its own addresses it may. */
function checkRedirect(from: URL, location: string): URL {
  const to = parseAddress(location, from);
  if (isLoopback(from) && isLoopback(to)) return to;
  if (to.protocol === "https:" && !isLoopback(to)) return to;
  throw new AttemptFailed(`it was sent on to ${to.origin}, which is not a safe address`, false);
}

function parseAddress(address: string, base?: URL): URL {
  const url = URL.canParse(address, base) ? new URL(address, base) : undefined;
  if (url?.protocol === "https:" || url?.protocol === "http:") return url;
  throw new AttemptFailed("the address is not one of the web", false);
}

/** This machine under any of its names, and addresses that only its network or its cloud gives. */
function isLoopback({ hostname }: URL): boolean {
  const host = hostname
    .replace(/^\[|\]$/g, "")
    .replace(/\.$/, "")
    .toLowerCase();
  return (
    host === "localhost" ||
    host.endsWith(".localhost") ||
    /^(127|0)\.\d+\.\d+\.\d+$/.test(host) ||
    /^169\.254\.\d+\.\d+$/.test(host) ||
    /^(::1?|::ffff:(7f|0|a9fe)[0-9a-f]*:.*|fe[89ab][0-9a-f]:.*)$/.test(host)
  );
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

function headerOf(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
