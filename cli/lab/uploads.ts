import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { basename } from "node:path";
import { pipeline } from "node:stream/promises";
import { writePath } from "#platform/files";
import { checkFileName } from "./file-names.ts";
import type { Inside } from "./inside.ts";
import { LabError } from "./lab-error.ts";

/** The most bytes of a file that is sent to the lab. */
export const mostUploadBytes = 4 * 2 ** 30;

/** Puts a file of the user into the folder; over one that is there only when asked to. Throws `LabError`. */
export async function takeUpload(
  inside: Inside,
  name: string,
  request: IncomingMessage,
  { replace, most = mostUploadBytes }: { replace: boolean; most?: number },
): Promise<void> {
  checkFileName(basename(name));
  const path = await inside.path(name);
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory() === true) throw new LabError(409, `${name} is a folder`);
  if (found !== undefined && !replace)
    throw new LabError(409, `there is a file ${name} already`, { mayReplace: true });
  const declared = Number(request.headers["content-length"] ?? 0);
  if (declared > most) throw tooLarge(name, most);
  await writePath(path, limited(request, name, most));
}

async function* limited(
  request: IncomingMessage,
  name: string,
  most: number,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > most) throw tooLarge(name, most);
    yield chunk;
  }
  if (!request.complete) throw new LabError(400, `${name} did not arrive whole`);
}

function tooLarge(name: string, most: number): LabError {
  return new LabError(
    413,
    `${name} is larger than ${most} bytes; copy it into the folder yourself`,
  );
}

/** Sends a file as a download, never as a page. Throws `LabError`. */
export async function sendDownload(
  inside: Inside,
  name: string,
  response: ServerResponse,
): Promise<void> {
  const path = await inside.path(name);
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() !== true) throw new LabError(404, `there is no file ${name}`);
  response.writeHead(200, {
    "Content-Type": "application/octet-stream",
    "Content-Length": found.size,
    "Content-Disposition": `attachment; filename*=UTF-8''${encodeURIComponent(basename(path))}`,
    "Content-Security-Policy": "default-src 'none'; sandbox",
  });
  await pipeline(createReadStream(path), response);
}
