import { problem } from "#kernel/host";
import type { Channel, OutgoingMessage } from "../messages/message.ts";
import type { Transport } from "./transport.ts";

/** Text that a cell printed, waiting to be sent. */
interface WaitingText {
  readonly name: "stdout" | "stderr";
  readonly pieces: string[];
  length: number;
}

interface Item {
  readonly channel: Channel;
  readonly message: OutgoingMessage;
  readonly text?: WaitingText;
  size: number;
}

/** Where a queue is full, and where it has room again, in characters. */
const full = 16 * 2 ** 20;
const roomy = 4 * 2 ** 20;
const longestText = 2 ** 20;

/**
 * The one way out for what cells show and for the replies to them, hence in the order it happened.
 * Text is joined while it waits and never dropped: when front ends cannot keep up, `onPressure(true)`
 * asks to make no more.
 */
export class OutputQueue {
  readonly #transport: Transport;
  readonly #onPressure: (isFull: boolean) => void;
  #items: Item[] = [];
  #size = 0;
  #isFull = false;
  #draining: Promise<void> | undefined;

  constructor(transport: Transport, onPressure: (isFull: boolean) => void) {
    this.#transport = transport;
    this.#onPressure = onPressure;
  }

  push(channel: Channel, message: OutgoingMessage): void {
    this.#add({ channel, message, size: sizeOf(message.content) });
  }

  /** Adds text to `message`, whose content is made when it leaves. */
  pushText(message: OutgoingMessage, name: "stdout" | "stderr", text: string): void {
    const last = this.#items.at(-1);
    const waiting = last?.text;
    const joins =
      waiting !== undefined &&
      waiting.name === name &&
      last?.message.parent === message.parent &&
      waiting.length < longestText;
    if (!joins) {
      const own = { name, pieces: [text], length: text.length };
      return this.#add({ channel: "iopub", message, text: own, size: text.length });
    }
    waiting.pieces.push(text);
    waiting.length += text.length;
    last.size += text.length;
    this.#grow(text.length);
  }

  /** Resolves when all that was pushed so far has left. */
  async flush(): Promise<void> {
    while (this.#draining !== undefined) await this.#draining;
  }

  #add(item: Item): void {
    this.#items.push(item);
    this.#grow(item.size);
    this.#draining ??= this.#drain();
  }

  #grow(size: number): void {
    this.#size += size;
    if (this.#size > full && !this.#isFull) this.#onPressure((this.#isFull = true));
    if (this.#size < roomy && this.#isFull) this.#onPressure((this.#isFull = false));
  }

  async #drain(): Promise<void> {
    // What a burst pushes at once is joined before the first of it leaves.
    await Promise.resolve();
    while (this.#items.length > 0) {
      const items = this.#items;
      this.#items = [];
      for (const item of items) {
        await this.#send(item);
        this.#grow(-item.size);
      }
    }
    this.#draining = undefined;
  }

  async #send({ channel, message, text }: Item): Promise<void> {
    const content =
      text === undefined ? message.content : { name: text.name, text: text.pieces.join("") };
    try {
      await this.#transport.send(channel, { ...message, content });
    } catch (error) {
      // A value without a JSON form must not cost the messages after it, nor go unsaid.
      const reason = `an output could not be sent: ${(error as Error).message}`;
      problem(reason);
      await this.#transport
        .send(channel, instead(channel, message, `${reason}\n`))
        .catch(() => undefined);
    }
  }
}

/** What is sent for a message that could not be: text below the cell, or a reply that says why. */
function instead(channel: Channel, message: OutgoingMessage, reason: string): OutgoingMessage {
  if (channel !== "iopub") {
    const error = { ename: "UnsendableReply", evalue: reason.trim(), traceback: [reason.trim()] };
    return { ...message, metadata: {}, buffers: [], content: { status: "error", ...error } };
  }
  const header = { ...message.header, msg_type: "stream" };
  const content = { name: "stderr", text: reason };
  const identities = [Buffer.from("stream.stderr")];
  return { ...message, identities, header, metadata: {}, buffers: [], content };
}

/** About how many characters a message holds; only large texts matter. */
function sizeOf(content: unknown, depth = 0): number {
  if (typeof content === "string") return content.length;
  if (typeof content !== "object" || content === null || depth > 3) return 8;
  return Object.values(content).reduce<number>((sum, value) => sum + sizeOf(value, depth + 1), 100);
}
