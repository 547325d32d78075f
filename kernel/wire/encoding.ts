import type { IncomingMessage, OutgoingMessage } from "../messages/message.ts";
import { checkHeader } from "../messages/message.ts";
import { InvalidContent, json } from "../messages/schema.ts";
import { joinFrames, RefusedMessage, splitFrames } from "./framing.ts";
import type { Signer } from "./signer.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true });
/** The most bytes each part may have: header, parent header, metadata, content. */
const largest = [65_536, 65_536, 2 ** 20, 64 * 2 ** 20];

/**
 * Reads a message from its frames. The signature is checked over the bytes received, before any of
 * them is parsed. Throws `RefusedMessage`.
 */
export function decodeMessage(frames: readonly Buffer[], signer: Signer): IncomingMessage {
  const { identities, signature, parts, buffers } = splitFrames(frames);
  if (parts.some((part, i) => part.length > largest[i]))
    throw new RefusedMessage("one of its parts is too large");
  signer.check(signature, parts);
  try {
    const [header, parent, metadata, content] = parts.map(
      (part) => JSON.parse(utf8.decode(part)) as unknown,
    );
    return {
      identities,
      header: checkHeader(header),
      parent: json(parent, "parent header"),
      metadata: json(metadata, "metadata"),
      content,
      buffers,
    };
  } catch (error) {
    throw new RefusedMessage(
      error instanceof InvalidContent ? error.message : "it is not JSON in UTF-8",
    );
  }
}

/** The frames of a message, signed. */
export function encodeMessage(message: OutgoingMessage, signer: Signer): Buffer[] {
  const { identities, header, parent, metadata, content, buffers = [] } = message;
  const encode = (part: unknown): Buffer => Buffer.from(toJson(part));
  const parts = [encode(header), encode(parent), encode(metadata), encode(content)] as const;
  return joinFrames({
    identities,
    signature: signer.sign(parts),
    parts,
    buffers: buffers.map((bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)),
  });
}

/** What a cell shows may hold what JSON has no form for; that must not cost the message. */
function toJson(part: unknown): string {
  const json = JSON.stringify(part, (_, value: unknown) =>
    typeof value === "bigint" ? value.toString() : value,
  );
  // Half of a surrogate pair is fine in JSON, and an error in the programs that read it.
  return /\\ud[89a-f]/.test(json) ? JSON.stringify(part, wellFormed) : json;
}

function wellFormed(_: string, value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  return typeof value === "string" ? Buffer.from(value).toString() : value;
}
