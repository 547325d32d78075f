import type { MimeBundle, Output } from "../executor/protocol.ts";
import type { Channel, IncomingMessage, OutgoingMessage } from "../messages/message.ts";
import { HeaderMaker } from "../messages/message.ts";
import type { Json } from "../messages/schema.ts";
import type { OutputQueue } from "./output-queue.ts";
import type { Transport } from "./transport.ts";

/** The header that says which request a message belongs to; undefined before the first. */
export type Parent = Pick<IncomingMessage, "header"> | undefined;

/** What a message carries besides its content. */
export interface Extras {
  readonly metadata?: Json;
  readonly buffers?: readonly Uint8Array[];
}

const noParent: Json = {};

/** Makes messages and puts them in the queue, so that front ends get them in the order they happened. */
export class Outlet {
  readonly #queue: OutputQueue;
  readonly #transport: Transport;
  readonly #headers = new HeaderMaker();

  constructor(queue: OutputQueue, transport: Transport) {
    this.#queue = queue;
    this.#transport = transport;
  }

  /** Tells every front end. */
  publish(parent: Parent, type: string, content: Json, extras: Extras = {}): void {
    this.#queue.push("iopub", this.#make([Buffer.from(type)], parent, type, content, extras));
  }

  /** Answers a subscription, by which a front end knows that it misses nothing from here on. */
  welcome(topic: Buffer): void {
    const content = { subscription: topic.toString() };
    this.#queue.push("iopub", this.#make([topic], undefined, "iopub_welcome", content));
  }

  status(parent: Parent, state: "starting" | "busy" | "idle"): void {
    this.publish(parent, "status", { execution_state: state });
  }

  /** Answers a request, after all that was published before. `metadata` is as `replyNow` takes it. */
  reply(
    channel: Channel,
    request: IncomingMessage,
    type: string,
    content: Json,
    metadata: Json = {},
  ): void {
    const extras = { metadata: withStatus(metadata, content) };
    this.#queue.push(channel, this.#make(request.identities, request, type, content, extras));
  }

  /** Answers at once, past what waits to be published. `metadata` may tell when the work was `started`. */
  async replyNow(
    channel: Channel,
    request: IncomingMessage,
    type: string,
    content: Json,
    metadata: Json = {},
  ): Promise<void> {
    const extras = { metadata: withStatus(metadata, content) };
    const reply = this.#make(request.identities, request, type, content, extras);
    await this.#transport.send(channel, reply);
  }

  /** Shows an output; `count` is the number of the cell, as its value carries it. */
  show(parent: Parent, output: Output, count: number): void {
    switch (output.type) {
      case "stream":
        return this.#stream(parent, output.name, output.text);
      case "result": {
        const data = display(output.bundle, output.metadata);
        return this.publish(parent, "execute_result", { execution_count: count, ...data });
      }
      case "display": {
        const type = output.update === true ? "update_display_data" : "display_data";
        const { displayId } = output;
        const transient = displayId === undefined ? {} : { display_id: displayId };
        return this.publish(parent, type, {
          ...display(output.bundle, output.metadata),
          transient,
        });
      }
      case "clear":
        return this.publish(parent, "clear_output", { wait: output.wait === true });
    }
  }

  #stream(parent: Parent, name: "stdout" | "stderr", text: string): void {
    const topic = Buffer.from(`stream.${name}`);
    this.#queue.pushText(this.#make([topic], parent, "stream", {}), name, text);
  }

  #make(
    identities: readonly Buffer[],
    parent: Parent,
    type: string,
    content: Json,
    { metadata = {}, buffers }: Extras = {},
  ): OutgoingMessage {
    const header = this.#headers.make(type);
    return { identities, header, parent: parent?.header ?? noParent, metadata, content, buffers };
  }
}

/** Front ends that show how long a cell took read its metadata first, as ipykernel writes them. */
function withStatus(metadata: Json, { status }: Json): Json {
  if (metadata.started === undefined) return metadata;
  return { ...metadata, dependencies_met: true, ...(status === undefined ? {} : { status }) };
}

function display(data: MimeBundle, metadata: MimeBundle = {}): Json {
  return { data, metadata };
}
