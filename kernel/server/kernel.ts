import { callLater, problem } from "#kernel/host";
import type { DebugEvent } from "../debugger/dap.ts";
import type { CellError, CommMessage } from "../executor/protocol.ts";
import type { Channel, IncomingMessage } from "../messages/message.ts";
import type { Request, RequestType } from "../messages/requests.ts";
import { isRequestType, requests } from "../messages/requests.ts";
import type { Json } from "../messages/schema.ts";
import { InvalidContent } from "../messages/schema.ts";
import type { InputRequest } from "../session/executor.ts";
import type { SpawnOptions } from "../session/spawn.ts";
import { Answers } from "./answers.ts";
import type { CellRequest } from "./cells.ts";
import { Cells } from "./cells.ts";
import { Comms } from "./comms.ts";
import { Completer } from "./completer.ts";
import { ExecutorHost } from "./executor-host.ts";
import { History } from "./history.ts";
import type { LanguageService } from "./language.ts";
import { noLanguage } from "./no-language.ts";
import { Outlet } from "./outlet.ts";
import { OutputQueue } from "./output-queue.ts";
import { Subshells } from "./subshells.ts";
import { Stdin } from "./stdin.ts";
import type { Transport } from "./transport.ts";
import { TypeCheck } from "./type-check.ts";
import { WarmUp } from "./warm-up.ts";
import { Works } from "./works.ts";

export interface KernelOptions extends SpawnOptions {
  readonly transport: Transport;
  /** Version of this package. */
  readonly version: string;
  /** Makes the language service when it is first needed. Default: one that knows nothing. */
  readonly startLanguage?: () => Promise<LanguageService>;
  /** The language service is far away: it starts with the first question, and warnings come from then on. Default false. */
  readonly languageOnDemand?: boolean;
  /** Called when a front end has asked the kernel to end, after it was answered. */
  readonly onShutdown: () => void;
}

/** Answers the messages of front ends; the code of the cells runs in a process of its own. */
export class Kernel {
  readonly #options: KernelOptions;
  readonly #queue: OutputQueue;
  readonly #outlet: Outlet;
  readonly #host: ExecutorHost;
  readonly #works = new Works();
  readonly #history = new History();
  readonly #comms: Comms;
  readonly #stdin: Stdin;
  readonly #cells: Cells;
  readonly #subshells: Subshells;
  readonly #answers: Answers;
  readonly #warmUp: WarmUp;
  #language: Promise<LanguageService> | undefined;
  #isEnding = false;
  #debugEvents = 0;

  constructor(options: KernelOptions) {
    this.#options = options;
    this.#queue = new OutputQueue(options.transport, (isFull) => this.#host.setPressure(isFull));
    this.#outlet = new Outlet(this.#queue, options.transport);
    this.#host = new ExecutorHost({
      ...options,
      onInput: (request) => this.#onInput(request),
      onComm: (message: CommMessage, cell) => this.#comms.send(message, cell),
      onRestored: (names) => this.#onRestored(names),
      onDebugEvent: (event) => this.#onDebugEvent(event),
      onExit: (error) => this.#onExit(error),
    });
    this.#comms = new Comms(this.#outlet, this.#host, this.#works);
    this.#stdin = new Stdin(this.#outlet, this.#host);
    const parts = {
      outlet: this.#outlet,
      host: this.#host,
      history: this.#history,
      works: this.#works,
      types: new TypeCheck(() => this.#languageNow(), this.#outlet, options.languageOnDemand),
      language: () => this.#languageNow(),
      counter: { count: 0 },
    };
    this.#cells = new Cells({ ...parts, onEnd: () => this.#stdin.forget() });
    this.#subshells = new Subshells(
      this.#cells,
      () => new Cells({ ...parts, onEnd: () => undefined, isBeside: true }),
    );
    this.#warmUp = new WarmUp({
      isBusy: () => this.#cells.running !== undefined,
      start: () => void this.#languageNow().then((language) => language.warmUp()),
    });
    this.#answers = new Answers({
      version: options.version,
      history: this.#history,
      host: this.#host,
      comms: this.#comms,
      completer: new Completer({
        language: () => this.#languageNow(),
        look: async (question) => this.#host.running?.look(question),
        folder: options.cwd,
      }),
      subshells: this.#subshells,
    });
    this.#outlet.status(undefined, "starting");
  }

  /** Takes a message; whatever is wrong with it, the kernel goes on. */
  receive(channel: Channel, message: IncomingMessage): void {
    const type = message.header.msg_type;
    if (this.#isEnding) return;
    // A client that asks for what we do not know would wait for its time to run out.
    if (!isRequestType(type)) return this.#refuse(channel, message, `this kernel has no ${type}`);
    try {
      this.#take(channel, message, type, requests[type](message.content, "content"));
    } catch (error) {
      if (!(error instanceof InvalidContent)) throw error;
      this.#refuse(channel, message, error.message);
    }
  }

  /** Tells a front end that it hears what is published from now on. */
  welcome(topic: Buffer): void {
    this.#outlet.welcome(topic);
  }

  /** Stops the cell that runs; its variables stay. */
  interrupt(): void {
    this.#subshells.interrupt();
  }

  /** Ends the process of the cells and sends what is still to be sent. */
  async close(): Promise<void> {
    this.#isEnding = true;
    this.#subshells.stop();
    const enough = new Promise<void>((resolve) => callLater(resolve, 2000));
    const language = await this.#language;
    await Promise.race([Promise.all([this.#host.close(), language?.close()]), enough]);
    await Promise.race([this.#queue.flush(), enough]);
  }

  #take(
    channel: Channel,
    message: IncomingMessage,
    type: RequestType,
    content: Request<RequestType>,
  ): void {
    const as = <T extends RequestType>(): Request<T> => content as Request<T>;
    if (channel === "stdin") {
      if (type === "input_reply") this.#stdin.answer(as<"input_reply">().value, message);
      return;
    }
    if (comesFromPeople.has(type)) this.#wantLanguage();
    switch (type) {
      case "execute_request":
        if (as<typeof type>().allow_stdin) this.#wantLanguage();
        return this.#execute({ channel, request: message, content: as<typeof type>() });
      case "comm_open":
      case "comm_msg":
      case "comm_close":
        return this.#onCommMessage(message, type, as<typeof type>());
      case "interrupt_request":
        this.interrupt();
        return this.#answer(channel, message, async () => ({ status: "ok" }));
      case "shutdown_request":
        return this.#shutdown(channel, message, as<typeof type>().restart);
      case "input_reply":
        return;
      default:
        if (type.endsWith("_subshell_request") && channel !== "control")
          return this.#refuse(channel, message, `${type} belongs on the control channel`);
        return this.#answer(channel, message, () => this.#answers.to(type, content));
    }
  }

  #execute(cell: CellRequest): void {
    const { header } = cell.request;
    const shell = this.#subshells.of(header);
    if (shell !== undefined) return shell.add(cell);
    const reason = `there is no subshell ${JSON.stringify(header.subshell_id)}`;
    this.#refuse(cell.channel, cell.request, reason);
  }

  /** Answers at once, also while a cell runs and front ends are behind with its output. */
  #answer(channel: Channel, message: IncomingMessage, work: () => Promise<Json>): void {
    const type = message.header.msg_type.replace(/_request$/, "_reply");
    const started = new Date().toISOString();
    this.#outlet.status(message, "busy");
    void work()
      .catch((error: unknown): Json => ({
        status: "error",
        ename: "KernelError",
        evalue: String(error),
        traceback: [],
      }))
      .then((content) => this.#outlet.replyNow(channel, message, type, content, { started }))
      .catch((error: unknown) => problem(String(error)))
      .then(() => this.#idle(message));
  }

  /** Some front ends take any idle for the end of the cell, so its state is told once more. */
  #idle(message: IncomingMessage): void {
    this.#outlet.status(message, "idle");
    const { running } = this.#cells;
    if (running !== undefined) this.#outlet.status(running.request, "busy");
  }

  #refuse(channel: Channel, message: IncomingMessage, reason: string): void {
    if (channel === "stdin" || !message.header.msg_type.endsWith("_request")) return;
    const error = { ename: "InvalidMessage", evalue: reason, traceback: [reason] };
    this.#answer(channel, message, async () => ({ status: "error", ...error }));
  }

  #onCommMessage(
    message: IncomingMessage,
    type: "comm_open" | "comm_msg" | "comm_close",
    content: Request<"comm_open" | "comm_msg" | "comm_close">,
  ): void {
    const kind = type.slice("comm_".length) as CommMessage["kind"];
    this.#outlet.status(message, "busy");
    void this.#comms
      .receive(kind, content, message)
      .catch((error: unknown) => problem(String(error)))
      .then(() => this.#idle(message));
  }

  #onInput(request: InputRequest): void {
    const running = this.#subshells.running(this.#works.get(request.cell)?.request.header);
    const mayAsk = running?.content.allow_stdin === true;
    this.#stdin.ask(request, mayAsk ? running.request : undefined);
  }

  /** The process of the cells ended. A cell that ran tells so itself; else it is told here. */
  #onExit({ evalue }: CellError): void {
    this.#comms.closeAll();
    void this.#language?.then((language) => language.reset());
    if (this.#cells.running !== undefined) return;
    const parent = this.#works.newest?.request;
    this.#outlet.show(parent, { type: "stream", name: "stderr", text: `${evalue}\n` }, 0);
  }

  /** What they are nobody says; the next cell that declares one does. */
  #onRestored(names: readonly string[]): void {
    if (names.length === 0) return;
    const code = `declare let ${names.map((name) => `${name}: any`).join(", ")};`;
    void this.#languageNow().then((language) => language.cellExecuted(code));
  }

  #onDebugEvent(event: DebugEvent): void {
    this.#debugEvents += 1;
    const content = { ...event, seq: this.#debugEvents };
    this.#outlet.publish(this.#works.newest?.request, "debug_event", content);
  }

  #shutdown(channel: Channel, message: IncomingMessage, restart: boolean): void {
    const content = { status: "ok", restart };
    this.#isEnding = true;
    this.#outlet.status(message, "busy");
    this.#outlet.publish(message, "shutdown_reply", content);
    void this.#outlet
      .replyNow(channel, message, "shutdown_reply", content)
      .catch(() => undefined)
      .then(() => this.#outlet.status(message, "idle"))
      .then(() => this.#options.onShutdown());
  }

  #wantLanguage(): void {
    if (this.#options.languageOnDemand !== true) this.#warmUp.want();
  }

  #languageNow(): Promise<LanguageService> {
    this.#language ??= (this.#options.startLanguage?.() ?? Promise.resolve(noLanguage)).catch(
      (error: unknown) => {
        problem(`no language service: ${String(error)}`);
        return noLanguage;
      },
    );
    return this.#language;
  }
}

/** What a headless run never asks; after these, somebody may press Tab. */
const comesFromPeople: ReadonlySet<RequestType> = new Set<RequestType>([
  "complete_request",
  "inspect_request",
  "is_complete_request",
  "history_request",
  "comm_info_request",
]);
