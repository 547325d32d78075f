import { randomId } from "../random-id.ts";
import type { Json } from "../json.ts";
import type { ConnectionState, KernelConnection } from "./connection.ts";
import type { Message, Notice } from "./message.ts";

/** Who listens to what no single request awaits. */
export interface ClientListener {
  /** Something was published: an output, a state, a comm. */
  onPublished(message: Message): void;
  /** A cell of this tab, or of another that is told again, has its reply. */
  onReply(message: Message): void;
  /** The kernel asks the user for a line. */
  onQuestion(message: Message): void;
  onState(state: ConnectionState): void;
  onNotice(notice: Notice): void;
}

interface Waiting {
  readonly resolve: (content: Json) => void;
}

/** Speaks to a kernel: replies find their requests; all else goes to the listener. */
export class KernelClient {
  readonly session = randomId();
  readonly #connection: KernelConnection;
  readonly #waiting = new Map<string, Waiting>();
  #sent = 0;

  constructor(connection: KernelConnection, listener: ClientListener) {
    this.#connection = connection;
    connection.listen({
      onMessage: (message) => this.#receive(message, listener),
      onState: (state) => listener.onState(state),
      onNotice: (notice) => {
        // What was asked of a kernel that has ended gets no answer any more.
        if (notice.type === "hello" && !notice.known) this.#settleAll();
        listener.onNotice(notice);
      },
    });
  }

  /** Sends a request and resolves with the content of its reply. */
  request(type: string, content: Json, channel: "shell" | "control" = "shell"): Promise<Json> {
    return new Promise((resolve) => {
      const id = this.#send(channel, `${type}_request`, content);
      this.#waiting.set(id, { resolve });
    });
  }

  /**
   * Runs the code of a cell; returns the id of the request, by which its outputs are known. Cells behind one that
   * `mayFail` run also when it does, as behind a blank that is not done yet.
   */
  execute(cell: string, code: string, mayFail: boolean): string {
    const content = { code, silent: false, store_history: true, allow_stdin: true };
    const whole = { ...content, user_expressions: {}, stop_on_error: !mayFail };
    return this.#send("shell", "execute_request", whole, { cell });
  }

  /** The value of an expression in the forms it can be shown, without a trace in the notebook. */
  async evaluate(expression: string): Promise<Json | undefined> {
    const reply = await this.request("execute", {
      code: "undefined",
      silent: true,
      store_history: false,
      user_expressions: { value: expression },
    });
    const values = reply.user_expressions as Record<string, Json> | undefined;
    return values?.value;
  }

  interrupt(): Promise<Json> {
    return this.request("interrupt", {}, "control");
  }

  /** Ends the process of the cells and starts another. */
  restart(): void {
    this.#send("control", "shutdown_request", { restart: true });
  }

  /** Answers a question of the kernel. */
  answer(question: Message, value: string): void {
    this.#send("stdin", "input_reply", { value, status: "ok" }, {}, question.header);
  }

  /** Sends a message on a comm. */
  comm(type: "comm_open" | "comm_msg" | "comm_close", content: Json, buffers?: string[]): void {
    this.#send("shell", type, content, {}, {}, buffers);
  }

  close(): void {
    this.#connection.close();
  }

  #send(
    channel: "shell" | "control" | "stdin",
    type: string,
    content: Json,
    more: Json = {},
    parent: Json = {},
    buffers: readonly string[] = [],
  ): string {
    const id = `${this.session}_${(this.#sent += 1)}`;
    const date = new Date().toISOString();
    const header = { msg_id: id, msg_type: type, session: this.session, date, username: "lab" };
    this.#connection.send({
      channel,
      header: { ...header, version: "5.4", ...more },
      parent_header: parent,
      metadata: {},
      content,
      buffers,
    });
    return id;
  }

  #receive(message: Message, listener: ClientListener): void {
    if (message.channel === "iopub") return listener.onPublished(message);
    if (message.channel === "stdin") return listener.onQuestion(message);
    const { msg_id: id = "", cell } = message.parent_header;
    if (cell !== undefined) return listener.onReply(message);
    this.#waiting.get(id)?.resolve(message.content);
    this.#waiting.delete(id);
  }

  #settleAll(): void {
    for (const { resolve } of this.#waiting.values())
      resolve({ status: "aborted", reason: "the kernel was started anew" });
    this.#waiting.clear();
  }
}
