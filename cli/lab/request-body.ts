import type { IncomingMessage } from "node:http";
import { LabError } from "./lab-error.ts";

const mostBytes = 512 * 2 ** 20;

/** The body of a request as text. Throws `LabError`. */
export async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new LabError(413, `the text has more than ${mostBytes} bytes`);
    chunks.push(chunk);
  }
  if (!request.complete) throw new LabError(400, "the text did not arrive whole");
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new LabError(400, "the text is not UTF-8");
  }
}

/** The body of a request as JSON. Throws `LabError`. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  try {
    return JSON.parse(await readText(request)) ?? {};
  } catch (error) {
    if (error instanceof LabError) throw error;
    throw new LabError(400, "the text is not JSON");
  }
}
