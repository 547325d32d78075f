import { Buffer } from "node:buffer";
import type { Channel, IncomingMessage, OutgoingMessage } from "./message.ts";
import { checkHeader } from "./message.ts";
import { InvalidContent, json, oneOf, optional } from "./schema.ts";

const channel = oneOf("shell", "control", "stdin");

/** A message as the page sends it: Jupyter's own JSON form, with its buffers in base64. Throws `InvalidContent`. */
export function readMessage(
  text: string,
  tab: string,
): { channel: Exclude<Channel, "iopub">; message: IncomingMessage } {
  const value = json(parse(text), "message");
  const buffers = value.buffers ?? [];
  if (!Array.isArray(buffers) || !buffers.every((item) => typeof item === "string"))
    throw new InvalidContent("buffers has to be a list of base64 texts");
  return {
    channel: channel(value.channel, "channel"),
    message: {
      identities: [Buffer.from(tab)],
      header: checkHeader(value.header),
      parent: optional(json, {})(value.parent_header, "parent_header"),
      metadata: optional(json, {})(value.metadata, "metadata"),
      content: value.content,
      buffers: buffers.map((item: string) => Buffer.from(item, "base64")),
    },
  };
}

/** A message as the page reads it. `more` is what the lab adds to it. */
export function writeMessage(
  on: Channel,
  { header, parent, metadata, content, buffers = [] }: OutgoingMessage,
  more: Readonly<Record<string, unknown>> = {},
): string {
  const base64 = buffers.map((bytes) => Buffer.from(bytes).toString("base64"));
  const message = {
    channel: on,
    header,
    parent_header: parent,
    metadata,
    content,
    buffers: base64,
  };
  return JSON.stringify({ ...message, ...more }, (_, value: unknown) =>
    typeof value === "bigint" ? value.toString() : value,
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidContent("a message has to be JSON");
  }
}
