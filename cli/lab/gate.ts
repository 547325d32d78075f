import { randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** Why a request is not answered, in words for whoever sent it. */
export interface Refusal {
  readonly status: 403;
  readonly reason: string;
}

/**
 * Who may speak to the lab: whoever came by the printed address, once, and then by the cookie that was given for it. A
 * page of another origin has neither; one that points its own name at this machine has another `Host`.
 */
export class Gate {
  readonly #cookieName = `tsrsa-lab-${randomBytes(4).toString("hex")}`;
  readonly #cookie = secret();
  #token: string | undefined = secret();
  #port = 0;

  /** The port that is listened to, which is part of who is ours. */
  listenOn(port: number): void {
    this.#port = port;
  }

  /** The address to open, good for one browser. */
  address(query = ""): string {
    this.#token ??= secret();
    return `${this.origin}/?token=${this.#token}${query}`;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Trades the word of the address for a cookie; undefined when it is not the word, or was traded before. */
  exchange(token: string): string | undefined {
    if (this.#token === undefined || !isSame(token, this.#token)) return undefined;
    this.#token = undefined;
    return `${this.#cookieName}=${this.#cookie}; HttpOnly; SameSite=Strict; Path=/`;
  }

  /** A request that is for another host, whoever sent it. */
  refuseHost({ headers }: IncomingMessage): Refusal | undefined {
    return this.#isOurs(headers.host) ? undefined : refused("this host is not served here");
  }

  /** A request without our cookie. */
  refuseStranger({ headers }: IncomingMessage): Refusal | undefined {
    const given = cookies(headers.cookie ?? "").get(this.#cookieName);
    if (given !== undefined && isSame(given, this.#cookie)) return undefined;
    return refused("open the address that tsrsa lab printed in its terminal");
  }

  /** A change, or a socket, that a page of another origin asked for. */
  refuseOrigin({ headers }: IncomingMessage): Refusal | undefined {
    const { origin = "", host } = headers;
    const [scheme, name] = origin.split("://");
    if (scheme === "http" && name === host && this.#isOurs(name)) return undefined;
    return refused("this may be asked by the lab's own page only");
  }

  #isOurs(host: string | undefined): boolean {
    return host === `127.0.0.1:${this.#port}` || host === `localhost:${this.#port}`;
  }
}

function secret(): string {
  return randomBytes(24).toString("base64url");
}

function isSame(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function cookies(header: string): Map<string, string> {
  const pairs = header.split(";").map((pair) => pair.trim().split("=", 2));
  return new Map(pairs.map(([name, value = ""]) => [name, value]));
}

function refused(reason: string): Refusal {
  return { status: 403, reason };
}
