import type { CommMessage } from "../executor/protocol.ts";
import type { IncomingMessage } from "../messages/message.ts";
import type { Request } from "../messages/requests.ts";
import type { Json } from "../messages/schema.ts";
import type { ExecutorHost } from "./executor-host.ts";
import type { Outlet, Parent } from "./outlet.ts";
import type { Works } from "./works.ts";

type CommRequest = Request<"comm_open"> | Request<"comm_msg"> | Request<"comm_close">;

/** Passes the messages of comms between front ends and the code of the cells, and knows which are open. */
export class Comms {
  readonly #outlet: Outlet;
  readonly #host: ExecutorHost;
  readonly #works: Works;
  readonly #targets = new Map<string, string>();

  constructor(outlet: Outlet, host: ExecutorHost, works: Works) {
    this.#outlet = outlet;
    this.#host = host;
    this.#works = works;
  }

  /** A message from a front end; resolves once its handler has ended. */
  async receive(
    kind: CommMessage["kind"],
    content: CommRequest,
    request: IncomingMessage,
  ): Promise<void> {
    const targetName = "target_name" in content ? content.target_name : undefined;
    const message: CommMessage = {
      kind,
      commId: content.comm_id,
      targetName,
      data: content.data,
      metadata: request.metadata,
      buffers: request.buffers,
    };
    this.#note(message);
    const work = this.#works.add(request);
    const executor = await this.#host.get();
    await executor.comm(message, {
      cell: work.number,
      onOutput: (output) => this.#outlet.show(request, output, 0),
    });
  }

  /** A message from the code of a cell. */
  send(message: CommMessage, cell: number): void {
    this.#note(message);
    this.#publish(this.#works.get(cell)?.request, message);
  }

  /** Closes every comm: the process they lived in has ended. */
  closeAll(): void {
    for (const commId of [...this.#targets.keys()])
      this.send({ kind: "close", commId, data: {} }, this.#works.newest?.number ?? 0);
  }

  /** Answers which comms are open. */
  list({ target_name: wanted }: Request<"comm_info_request">): Json {
    const open = [...this.#targets].filter(([, name]) => wanted === undefined || name === wanted);
    const comms = Object.fromEntries(open.map(([id, name]) => [id, { target_name: name }]));
    return { status: "ok", comms };
  }

  #note({ kind, commId, targetName = "" }: CommMessage): void {
    if (kind === "open") this.#targets.set(commId, targetName);
    if (kind === "close") this.#targets.delete(commId);
  }

  #publish(parent: Parent, message: CommMessage): void {
    const { kind, commId, targetName, data, metadata, buffers } = message;
    const target = kind === "open" ? { target_name: targetName ?? "" } : {};
    const content = { comm_id: commId, data, ...target };
    this.#outlet.publish(parent, `comm_${kind}`, content, { metadata, buffers });
  }
}
