import { setTimeout as sleep } from "node:timers/promises";
import { ownFolder } from "#kernel/host";
import type { CellError, MimeBundle, Outcome, Output } from "../executor/protocol.ts";
import type { Channel, IncomingMessage } from "../messages/message.ts";
import type { Request } from "../messages/requests.ts";
import type { Json } from "../messages/schema.ts";
import { wantsStrict } from "../transform/magics.ts";
import type { ExecutorHost } from "./executor-host.ts";
import { failureContent } from "./failure.ts";
import { helpAbout, nothingKnown } from "./help.ts";
import type { HelpRequest } from "./help-request.ts";
import { helpRequest } from "./help-request.ts";
import type { History } from "./history.ts";
import type { LanguageService } from "./language.ts";
import { loadPayload, loadRequest } from "./load-request.ts";
import type { Outlet } from "./outlet.ts";
import type { Failure } from "./sent-before.ts";
import { wasSentBefore } from "./sent-before.ts";
import type { TypeCheck } from "./type-check.ts";
import type { Work, Works } from "./works.ts";

/** A request to run a cell, with where it came from. */
export interface CellRequest {
  readonly channel: Channel;
  readonly request: IncomingMessage;
  readonly content: Request<"execute_request">;
}

interface QueuedCell extends CellRequest {
  readonly cameAt: number;
}

export interface CellParts {
  readonly outlet: Outlet;
  readonly host: ExecutorHost;
  readonly history: History;
  readonly works: Works;
  readonly types: TypeCheck;
  readonly language: () => Promise<LanguageService>;
  /** Called when a cell has ended, however. */
  readonly onEnd: () => void;
  /** The number of the last cell; all shells count together. */
  readonly counter: { count: number };
  /** True for the cells of a subshell, which run beside those of the main shell. */
  readonly isBeside?: boolean;
}

/** Runs cells one after another, in the order they came. */
export class Cells {
  readonly #parts: CellParts;
  #queue: QueuedCell[] = [];
  #running: CellRequest | undefined;
  /** Ends what the cell waits for before it runs. */
  #giveUp: (() => void) | undefined;
  /** The cell that failed last and took those that waited with it. */
  #failure: Failure | undefined;

  constructor(parts: CellParts) {
    this.#parts = parts;
  }

  /** The cell that runs now. */
  get running(): CellRequest | undefined {
    return this.#running;
  }

  add(cell: CellRequest): void {
    const failure = this.#failure;
    if (failure !== undefined && wasSentBefore(cell.request.header, failure))
      return this.#abort(cell);
    this.#queue.push({ ...cell, cameAt: Date.now() });
    if (this.#running === undefined) void this.#runAll();
  }

  /** Stops the cell that runs; its variables stay. */
  interrupt(): void {
    if (!this.giveUp()) this.#parts.host.running?.interrupt();
  }

  /** Ends what a cell waits for before it runs; false when none does. */
  giveUp(): boolean {
    this.#giveUp?.();
    return this.#giveUp !== undefined;
  }

  /** Takes no more cells, and answers those that wait. */
  stop(): void {
    this.#abortQueued();
  }

  async #runAll(): Promise<void> {
    for (let cell = this.#queue.shift(); cell !== undefined; cell = this.#queue.shift()) {
      this.#running = cell;
      const ok = await this.#run(cell);
      this.#running = undefined;
      this.#parts.onEnd();
      if (!ok && cell.content.stop_on_error) {
        this.#failure = { header: cell.request.header, cameAt: cell.cameAt, failedAt: Date.now() };
        this.#abortQueued();
      }
    }
  }

  async #run({ channel, request, content }: CellRequest): Promise<boolean> {
    const { outlet } = this.#parts;
    const { code } = content;
    const isEmpty = code.trim() === "";
    const isKept = content.store_history && !content.silent && !isEmpty;
    const count = this.#parts.counter.count + (isEmpty ? 0 : 1);
    const started = new Date().toISOString();
    if (isKept) this.#begin(count, code);
    const work = this.#parts.works.add(request, isKept ? count : undefined);
    outlet.status(request, "busy");
    if (!content.silent) outlet.publish(request, "execute_input", { code, execution_count: count });
    const reply = await this.#reply(work, content, count);
    // Cells sent together with this one may still lie in the socket; once here they are aborted too.
    if (reply.status === "error" && content.stop_on_error) await sleep(gatherMs);
    if (reply.status === "error" && !content.silent)
      outlet.publish(request, "error", errorOf(reply));
    const answer = { ...reply, execution_count: count };
    outlet.reply(channel, request, "execute_reply", answer, { started });
    outlet.status(request, "idle");
    return reply.status === "ok";
  }

  #begin(count: number, code: string): void {
    this.#parts.counter.count = count;
    this.#parts.history.add(count, code);
  }

  async #reply(work: Work, content: Request<"execute_request">, count: number): Promise<Json> {
    const help = helpRequest(content.code);
    if (help !== undefined) return this.#help(help);
    const file = loadRequest(content.code);
    if (file !== undefined) return load(content.code, file);
    if (content.code.trim() === "") return okReply();
    const refused = await this.#checkTypes(work, content);
    if (refused !== undefined) return failureContent(refused);
    const outcome = await this.#execute(work, content, count);
    if (leavesNames(outcome))
      void this.#parts.language().then((language) => language.cellExecuted(content.code));
    if (outcome.status === "error") return failureContent(outcome.error);
    return okReply({ user_expressions: await this.#evaluate(work, content.user_expressions) });
  }

  /** Only a cell that asks for it waits for the compiler; warnings come beside the run. */
  async #checkTypes(
    work: Work,
    { code, silent, allow_stdin }: Request<"execute_request">,
  ): Promise<CellError | undefined> {
    const { types } = this.#parts;
    if (wantsStrict(code)) {
      const checked = types.refuse(code, work.number).then((refused) => ({ refused }));
      const answer = await this.#unlessInterrupted(checked);
      return answer === undefined ? interrupted : answer.refused;
    }
    // A front end that can be asked has a reader; a headless run needs no warnings.
    if (allow_stdin && !silent) void types.warn(work, code, work.number);
    return undefined;
  }

  async #execute(
    work: Work,
    { code, silent }: Request<"execute_request">,
    count: number,
  ): Promise<Outcome> {
    const onOutput = (output: Output): void => {
      if (output.type === "result") this.#keepText(work.number, output.bundle);
      if (!silent || output.type !== "result") this.#parts.outlet.show(work.request, output, count);
    };
    return this.#onExecutor(code, work.number, onOutput);
  }

  async #onExecutor(
    code: string,
    cell: number,
    onOutput: (output: Output) => void,
  ): Promise<Outcome> {
    try {
      const executor = await this.#unlessInterrupted(this.#parts.host.get());
      return executor === undefined
        ? { status: "error", error: interrupted }
        : await (this.#parts.isBeside === true
            ? executor.beside(code, { cell, onOutput })
            : executor.execute(code, { cell, onOutput }));
    } catch (reason) {
      return { status: "error", error: startFailure(reason) };
    }
  }

  /** What a cell waits for before it runs; undefined when it was interrupted meanwhile. */
  async #unlessInterrupted<T>(promise: Promise<T>): Promise<T | undefined> {
    const interrupt = new Promise<undefined>((resolve) => {
      this.#giveUp = () => resolve(undefined);
    });
    try {
      return await Promise.race([promise, interrupt]);
    } finally {
      this.#giveUp = undefined;
    }
  }

  #keepText(cell: number, bundle: MimeBundle): void {
    const text = bundle["text/plain"];
    if (typeof text === "string") this.#parts.history.setOutput(cell, text);
  }

  /** Each expression is run as a cell of its own that shows nothing. */
  async #evaluate(work: Work, expressions: Readonly<Record<string, string>>): Promise<Json> {
    const values: Record<string, Json> = {};
    for (const [name, code] of Object.entries(expressions)) {
      let data: MimeBundle = { "text/plain": "undefined" };
      const hidden = this.#parts.works.add(work.request);
      const outcome = await this.#onExecutor(code, hidden.number, (output) => {
        if (output.type === "result") data = output.bundle;
      });
      values[name] =
        outcome.status === "ok"
          ? { status: "ok", data, metadata: {} }
          : failureContent(outcome.error);
    }
    return values;
  }

  /** `name?` shows what is known of a name in the pager of the front end. */
  async #help(asked: HelpRequest): Promise<Json> {
    const { language, host } = this.#parts;
    const known = helpAbout(asked, await language(), host.running);
    const data = (await this.#unlessInterrupted(known)) ?? nothingKnown(asked.name);
    return okReply({ payload: [{ source: "page", data, start: 0 }] });
  }

  #abortQueued(): void {
    const queued = this.#queue;
    this.#queue = [];
    queued.forEach((cell) => this.#abort(cell));
  }

  #abort({ channel, request }: CellRequest): void {
    const { outlet } = this.#parts;
    outlet.status(request, "busy");
    outlet.reply(channel, request, "execute_reply", {
      status: "aborted",
      execution_count: this.#parts.counter.count,
    });
    outlet.status(request, "idle");
  }
}

/** How long a failed cell waits for those sent with it. */
const gatherMs = 3;

function okReply(extra: Json = {}): Json {
  return { status: "ok", payload: [], user_expressions: {}, ...extra };
}

/** `%load FILE` puts the text of a file into the cell. */
async function load(code: string, file: string): Promise<Json> {
  try {
    return okReply({ payload: [await loadPayload(code, file, ownFolder())] });
  } catch (error) {
    const evalue = `%load: ${error instanceof Error ? error.message : String(error)}`;
    return failureContent({ ename: "LoadError", evalue, frames: [], libraryFrames: 0 });
  }
}

function errorOf({ ename, evalue, traceback }: Json): Json {
  return { ename, evalue, traceback };
}

const interrupted: CellError = {
  ename: "KeyboardInterrupt",
  evalue: "the cell was interrupted before it ran",
  frames: [],
  libraryFrames: 0,
};

function startFailure(reason: unknown): CellError {
  const evalue = `the process that runs the cells could not be started: ${String(reason)}`;
  return { ename: "ExecutorExit", evalue, frames: [], libraryFrames: 0 };
}

/** A cell that failed or was interrupted half-way has declared its names all the same. */
function leavesNames(outcome: Outcome): boolean {
  if (outcome.status === "ok") return true;
  return outcome.exited !== true && outcome.error.ename !== "SyntaxError";
}
