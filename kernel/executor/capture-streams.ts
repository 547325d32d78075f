import { Buffer } from "node:buffer";
import process from "node:process";
import type { StreamName } from "./streams.ts";
import { writeText } from "./streams.ts";

/** Takes over `process.stdout` and `process.stderr`, hence `console` too. */
export function captureStreams(): void {
  capture(process.stdout, "stdout");
  capture(process.stderr, "stderr");
}

function capture(stream: NodeJS.WriteStream, name: StreamName): void {
  const decoder = new TextDecoder();
  stream.write = (
    chunk: string | Uint8Array,
    encoding?: BufferEncoding | ((error?: Error | null) => void),
    callback?: (error?: Error | null) => void,
  ): boolean => {
    const text =
      typeof chunk === "string"
        ? decodeText(chunk, encoding)
        : decoder.decode(chunk, { stream: true });
    writeText(name, text);
    const done = typeof encoding === "function" ? encoding : callback;
    if (done !== undefined) process.nextTick(done);
    return true;
  };
  // Children and later cells write there too: nobody may close it.
  stream.end = (...given: unknown[]): NodeJS.WriteStream => {
    const [chunk, encoding] = given.filter((one) => typeof one !== "function");
    if (chunk !== undefined && chunk !== null)
      stream.write(chunk as string, encoding as BufferEncoding);
    const done = given.find((one) => typeof one === "function") as (() => void) | undefined;
    if (done !== undefined) process.nextTick(done);
    return stream;
  };
}

function decodeText(text: string, encoding: unknown): string {
  const binary = encoding === "hex" || encoding === "base64" || encoding === "base64url";
  return binary ? Buffer.from(text, encoding).toString() : text;
}
