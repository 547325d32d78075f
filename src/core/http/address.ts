import { InvalidArgument } from "../errors.ts";
import { shownAddress } from "./shown-address.ts";

/** How long a server may be silent, and who may end waiting for it. */
export interface AskOptions {
  readonly signal?: AbortSignal;
  /** A server that sends nothing for so long is given up. Default: two minutes. */
  readonly patienceMs?: number;
  /** Before a second request; four times as long before a third, and so on. Default: 200. */
  readonly waitMs?: number;
}

/** Where to ask, and what is said of it. */
export interface Address extends AskOptions {
  readonly url: string;
  /** For messages: nothing secret is in it. */
  readonly name: string;
  /** Who asks, when the address tells. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Whether a path is the address of a file on a server. */
export function isAddress(path: string | URL): boolean {
  return /^https?:/i.test(String(path));
}

/** An address in its parts; user and password go into a header, as `fetch` has it. Throws `InvalidArgument`. */
export function addressOf(path: string | URL, options: AskOptions = {}): Address {
  const name = shownAddress(path);
  const url = parsed(path, name);
  const { username, password } = url;
  url.username = url.password = "";
  const headers: Record<string, string> = {};
  if (username !== "" || password !== "") {
    const words = `${decoded(username)}:${decoded(password)}`;
    headers.Authorization = `Basic ${btoa(String.fromCharCode(...new TextEncoder().encode(words)))}`;
  }
  return { ...options, url: url.href, name, headers };
}

/** What stands behind `%`; as it is where that is no such thing. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function parsed(path: string | URL, name: string): URL {
  try {
    return new URL(path);
  } catch {
    throw new InvalidArgument("address", name, "give a whole one, as https://host/folder/file");
  }
}
