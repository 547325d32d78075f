import { randomUUID } from "node:crypto";
import { hostname, userInfo } from "node:os";
import type { Json } from "./schema.ts";
import { InvalidContent, json, text } from "./schema.ts";

/** The version of the message protocol that is spoken. */
export const protocolVersion = "5.5";

/** The channels of a kernel besides the heartbeat. */
export type Channel = "shell" | "control" | "stdin" | "iopub";

/** What every message says of itself; front ends may add fields, which are kept for the answer. */
export type Header = Json & {
  readonly msg_id: string;
  readonly msg_type: string;
  readonly session: string;
  /** The subshell that a request is for; the main shell when there is none. */
  readonly subshell_id?: unknown;
};

/** A message from a front end: its header is checked, its content not yet. */
export interface IncomingMessage {
  readonly identities: readonly Buffer[];
  readonly header: Header;
  readonly parent: Json;
  readonly metadata: Json;
  readonly content: unknown;
  readonly buffers: readonly Buffer[];
}

/** A message to front ends. */
export interface OutgoingMessage {
  /** Whom it is for; on iopub the topic. */
  readonly identities: readonly Buffer[];
  readonly header: Header;
  readonly parent: Json;
  readonly metadata: Json;
  readonly content: Json;
  readonly buffers?: readonly Uint8Array[];
}

const longestId = 1024;

/** Checks the header of a message. Throws `InvalidContent`. */
export function checkHeader(value: unknown): Header {
  const header = json(value, "header");
  for (const name of ["msg_id", "msg_type", "session"] as const)
    if (text(header[name], `header.${name}`).length > longestId)
      throw new InvalidContent(`header.${name} is too long`);
  return header as Header;
}

/** Makes the headers of one kernel. */
export class HeaderMaker {
  readonly session = randomUUID();
  readonly #username = userName();
  #made = 0;

  make(type: string): Header {
    this.#made += 1;
    return {
      msg_id: `${this.session}_${this.#made}`,
      msg_type: type,
      session: this.session,
      username: this.#username,
      date: new Date().toISOString(),
      version: protocolVersion,
    };
  }
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run as a user without a name.
    return hostname();
  }
}
