import type { ProgressLine } from "../../src/core/progress.ts";
import type { RemoteFile } from "../data-set.ts";
import { AttemptFailed } from "./errors.ts";
import type { HashedPart, PartFile } from "./part-file.ts";
import { request, type Answer } from "./request.ts";
import { waitAsked } from "./retry-after.ts";

/** What one attempt needs to know. */
export interface Attempt {
  readonly file: RemoteFile;
  readonly url: string;
  readonly part: PartFile;
  readonly stallMs: number;
  readonly signal?: AbortSignal;
  readonly token?: string;
  /** A line for so many bytes in all. */
  readonly progress: (total: number) => ProgressLine;
}

/** What lies on the disk when an attempt has come to its end. */
export interface Received extends HashedPart {
  /** False when nothing said how long the file is: a cut connection looks like its end. */
  readonly lengthKnown: boolean;
}

/**
 * Ask once for the rest of a file and append it to its part. Resolves with the hashes of what lies on the disk; throws
 * `AttemptFailed`, with what has come kept for the next attempt.
 */
export async function receive(attempt: Attempt): Promise<Received> {
  const { part, url, file } = attempt;
  const source = await part.source();
  const have = source?.url === url ? await part.bytes() : 0;
  const answer = await ask(attempt, have, source?.validator);
  if (answer.status === 416) {
    answer.discard();
    // The server has no more: either all is here, or what is here is not its file.
    if (have === file.bytes) return { ...(await part.hashes()), lengthKnown: true };
    await part.remove();
    throw new AttemptFailed("the server has no more than a part of the file", true);
  }
  checkAnswer(answer, file);
  const goesOn = answer.status === 206 && have > 0 && startOf(answer) === have;
  if (answer.status === 206 && !goesOn) {
    answer.discard();
    await part.remove();
    const asked =
      have > 0
        ? "another part than the one asked for"
        : "a part of the file though all was asked for";
    throw new AttemptFailed(`the server sent ${asked}`, true);
  }
  if (!goesOn) await part.begin({ url, validator: validatorOf(answer) });
  await append(answer, attempt, goesOn ? have : 0);
  return { ...(await part.hashes()), lengthKnown: saysWhereItEnds(answer, file) };
}

/** Pieces that are sent with their lengths (chunked) end with one that says so. */
function saysWhereItEnds(answer: Answer, file: RemoteFile): boolean {
  const chunked = /\bchunked\b/i.test(answer.header("transfer-encoding") ?? "");
  return file.bytes !== undefined || chunked || totalOf(answer, 0) !== undefined;
}

async function ask(attempt: Attempt, have: number, validator?: string): Promise<Answer> {
  const { url, token, signal, stallMs } = attempt;
  const headers: Record<string, string> =
    have > 0 && validator !== undefined ? { range: `bytes=${have}-`, "if-range": validator } : {};
  return request(url, { headers, token, signal, stallMs });
}

function checkAnswer(answer: Answer, file: RemoteFile): void {
  const { status } = answer;
  if (status === 200 || status === 206) {
    const type = answer.header("content-type") ?? "";
    if (!/^text\/html/i.test(type) || /\.html?$/i.test(file.path)) return;
    answer.discard();
    const advice =
      "it may ask for a login or an agreement: open it in a browser, download the file and pass its folder";
    throw new AttemptFailed("a web page came instead of the file", false, undefined, { advice });
  }
  answer.discard();
  const again = status === 408 || status === 429 || status >= 500;
  const advice =
    status === 401 || status === 403
      ? file.tokenVariable === undefined
        ? "the file is not open to all: download it by hand and pass its folder"
        : `put a token that may read it into ${file.tokenVariable}, or download it by hand and pass its folder`
      : undefined;
  const wait = again ? waitAsked(answer.header("retry-after")) : undefined;
  throw new AttemptFailed(`the server answered ${status}`, again, wait, { advice });
}

async function append(
  answer: Answer,
  { file, part, progress }: Attempt,
  from: number,
): Promise<void> {
  const total = totalOf(answer, from);
  checkTotal(file, total);
  const line = progress(file.bytes ?? total ?? Infinity);
  const most = file.bytes ?? total ?? Infinity;
  const handle = await part.append();
  let bytes = from;
  try {
    for await (const chunk of answer.body as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > most)
        throw new AttemptFailed(`it sends more than the ${most} bytes of the file`, false);
      await handle.writeFile(chunk);
      line.update(bytes);
    }
    if (most !== Infinity && bytes < most)
      throw new AttemptFailed(`only ${bytes} of ${most} bytes came`, true);
    line.finish();
  } finally {
    await handle.close();
  }
}

/** What the server says of the whole size must be what is known of it. */
function checkTotal(file: RemoteFile, total: number | undefined): void {
  if (file.bytes === undefined || total === undefined || total === file.bytes) return;
  throw new AttemptFailed(
    `the file there has ${total} bytes instead of ${file.bytes}`,
    false,
    undefined,
    { advice: "it has changed since: look for a newer version of this program" },
  );
}

function totalOf(answer: Answer, from: number): number | undefined {
  const range = /\/(\d+)$/.exec(answer.header("content-range") ?? "")?.[1];
  if (range !== undefined) return Number(range);
  const length = answer.header("content-length");
  return length === undefined ? undefined : from + Number(length);
}

function startOf(answer: Answer): number | undefined {
  const start = /^bytes (\d+)-/.exec(answer.header("content-range") ?? "")?.[1];
  return start === undefined ? undefined : Number(start);
}

/** A weak ETag does not promise the same bytes. */
function validatorOf(answer: Answer): string | undefined {
  const etag = answer.header("etag");
  if (etag !== undefined) return etag.startsWith("W/") ? undefined : etag;
  return answer.header("last-modified");
}
