import type { Channel, OutgoingMessage } from "../messages/message.ts";

/** The way to the front ends, whatever carries it. */
export interface Transport {
  /** Resolves once the message was taken; messages of a channel keep their order. */
  send(channel: Channel, message: OutgoingMessage): Promise<void>;
  /** Ends every connection, after what was sent has had a moment to leave. */
  close(): Promise<void>;
}
