import { MissingFile } from "../errors.ts";
import { throwIfCancelled } from "../job.ts";
import type { Address } from "./address.ts";
import { ServerFailed } from "./errors.ts";
import { Patience } from "./patience.ts";

/** An answer to a request for some bytes of a file. */
export interface PartAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** All bytes of the answer, as long as they take while some come. */
  bytes(): Promise<Uint8Array>;
  /** Do without them. */
  drop(): Promise<void>;
}

const attempts = 4;

/** Ask for bytes from … to − 1. Throws `Passing` for what may be over in a moment, `MissingFile`, `ServerFailed`. */
export async function fetchPart(address: Address, from: number, to: number): Promise<PartAnswer> {
  return ask(address, { Range: `bytes=${from}-${to - 1}` });
}

/** Ask for a whole file. Throws as {@link fetchPart}. */
export async function fetchWhole(address: Address): Promise<PartAnswer> {
  return ask(address, {});
}

async function ask(address: Address, more: Record<string, string>): Promise<PartAnswer> {
  const patience = new Patience(address.patienceMs, address.signal);
  const headers = { ...address.headers, ...more };
  const { signal } = patience;
  try {
    const answer = await fetch(address.url, { headers, signal, cache: "no-store" });
    patience.heard();
    const drop = async (): Promise<void> => {
      patience.close();
      await answer.body?.cancel();
    };
    if (!answer.ok) await drop();
    refuse(address.name, answer);
    return {
      status: answer.status,
      headers: answer.headers,
      bytes: () => allBytes(answer, patience),
      drop,
    };
  } catch (error) {
    patience.close();
    throw error;
  }
}

async function allBytes({ body }: Response, patience: Patience): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = body?.getReader();
  try {
    for (let next = await reader?.read(); next?.value !== undefined; next = await reader?.read()) {
      patience.heard();
      parts.push(next.value);
      length += next.value.length;
    }
  } finally {
    patience.close();
  }
  if (parts.length === 1) return parts[0];
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Work that is done again where a server or the way to it fails for a moment. Throws `ServerFailed`, `Cancelled`. */
export async function tried<T>(
  { name, signal, waitMs = 200 }: Address,
  work: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const reading = `reading ${name}`;
    throwIfCancelled(signal, reading);
    try {
      return await work();
    } catch (error) {
      throwIfCancelled(signal, reading);
      if (!isOfTheWay(error)) throw error;
      if (attempt === attempts || !isPassing(error))
        throw new ServerFailed(name, wordsOf(error), { cause: error });
      await pause(waitMs * 4 ** (attempt - 1), signal);
    }
  }
}

/** What may be over in a moment. */
export class Passing extends Error {}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener("abort", done);
  });
}

/** `fetch` throws a `TypeError` for a way that fails, and a `DOMException` when the time is over. */
function isOfTheWay(error: unknown): boolean {
  return error instanceof Passing || error instanceof TypeError || error instanceof DOMException;
}

/** Ways that fail for a moment, as systems call them. A browser tells nothing: it may be one of them. */
const passingCodes = /^(ECONN|ETIMEDOUT|EPIPE|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|UND_ERR_)/;

function isPassing(error: unknown): boolean {
  const { cause } = error as Error;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : undefined;
  return code === undefined ? !(cause instanceof Error) : passingCodes.test(code);
}

function wordsOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message} (${cause.message})` : message;
}

function refuse(name: string, { status, ok }: Response): void {
  if (ok || status === 416) return;
  if (status === 408 || status === 429 || status >= 500)
    throw new Passing(`the server answered ${status}`);
  if (status === 404 || status === 410)
    throw new MissingFile(name, `the server answered ${status}; check the address`);
  throw new ServerFailed(name, `the server answered ${status}`);
}
