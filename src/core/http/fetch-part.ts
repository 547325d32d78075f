import { MissingFile } from "../errors.ts";
import { ServerFailed } from "./errors.ts";

/** An answer to a request for some bytes of a file. */
export interface PartAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** All bytes of the answer. */
  bytes(): Promise<Uint8Array>;
  /** Do without them. */
  drop(): Promise<void>;
}

const attempts = 4;
const firstWaitMs = 200;
/** An answer that has not come whole by then will not. */
const patienceMs = 120_000;

/** Ask for bytes from … to − 1, again where a server or the way to it fails for a moment. Throws `MissingFile`, `ServerFailed`. */
export async function fetchPart(address: string, from: number, to: number): Promise<PartAnswer> {
  return tried(address, async () => {
    const headers = { Range: `bytes=${from}-${to - 1}` };
    // Bytes as they are stored: ranges of what a server packs on the way mean nothing.
    const signal = AbortSignal.timeout(patienceMs);
    const answer = await fetch(address, { headers, signal, cache: "no-store" });
    if (isPassing(answer.status)) {
      await answer.body?.cancel();
      throw new Passing(`the server answered ${answer.status}`);
    }
    refuse(address, answer);
    return {
      status: answer.status,
      headers: answer.headers,
      bytes: async () => new Uint8Array(await answer.arrayBuffer()),
      drop: async () => answer.body?.cancel(),
    };
  });
}

/** All of an exact part, asked for again when its answer is cut. */
export async function tried<T>(address: string, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!isOfTheWay(error)) throw error;
      if (attempt === attempts) throw new ServerFailed(address, wordsOf(error), { cause: error });
      await new Promise((resolve) => setTimeout(resolve, firstWaitMs * 4 ** (attempt - 1)));
    }
  }
}

/** What may be over in a moment. */
export class Passing extends Error {}

function isPassing(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

/** `fetch` throws a `TypeError` for a way that fails, and a `DOMException` when the time is over. */
function isOfTheWay(error: unknown): boolean {
  return error instanceof Passing || error instanceof TypeError || error instanceof DOMException;
}

function wordsOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message} (${cause.message})` : message;
}

function refuse(address: string, { status, ok }: Response): void {
  if (ok || status === 416) return;
  if (status === 404 || status === 410)
    throw new MissingFile(address, `the server answered ${status}; check the address`);
  throw new ServerFailed(address, `the server answered ${status}`);
}
