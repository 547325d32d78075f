import { putAnswer, makeMailbox } from "../../guard/mailbox.ts";
import type {
  CellError,
  CommMessage,
  ExecutorFrame,
  LookAnswer,
  LookQuestion,
  Outcome,
} from "../../executor/protocol.ts";
import type {
  ExecuteOptions,
  Executor,
  ExecutorOptions,
  InputAnswer,
  InputRequest,
} from "../../session/executor.ts";
import { Listeners } from "../../session/listeners.ts";
import { Looks } from "../../session/looks.ts";
import type { StopSign } from "./stop-flag.ts";
import type { StopTeller } from "./stop-teller.ts";
import type { CellsMessage, CellsSettings, GivenFile, ToCells } from "./cells-messages.ts";
import { drawing } from "./drawing.ts";

/** What the page says of itself when it starts the kernel. */
export interface PageParts {
  /** The address of the script of the worker of the cells. */
  readonly cells: string;
  readonly settings: CellsSettings;
  /** What tells a busy cell that it is to stop, where no memory is shared. */
  readonly stops?: StopTeller | undefined;
}

let parts: PageParts | undefined;
/** Files of the user, which each new worker is given again. */
const given = new Map<string, GivenFile>();
let running: WorkerExecutor | undefined;
/** How often Stop was pressed, in all workers of the cells. */
let stops = 0;

/** Says what executors are started from. */
export function givePage(given: PageParts): void {
  parts = given;
}

/** Starts a worker for the cells; resolves when it is ready for the first. */
export async function startExecutor(options: ExecutorOptions): Promise<Executor> {
  if (parts === undefined) throw new Error("the page has not said where its workers are");
  const executor = new WorkerExecutor(options, parts);
  running = executor;
  await executor.ready;
  return executor;
}

/** Puts a file of the user where the cells find it. */
export function giveFile(file: GivenFile): void {
  given.set(file.path, file);
  running?.give(file);
}

/** What does not stop in so long is ended, and the variables with it. */
const killAfterMs = 8000;

interface Running {
  readonly cell: number;
  readonly settle: (outcome: Outcome) => void;
}

class WorkerExecutor implements Executor {
  readonly ready: Promise<void>;
  readonly #options: ExecutorOptions;
  readonly #parts: PageParts;
  readonly #worker: Worker;
  readonly #listeners = new Listeners();
  readonly #looks = new Looks();
  readonly #handled = new Map<number, (outcome: Outcome) => void>();
  readonly #blocking = new Set<number>();
  readonly #stop: Int32Array | undefined;
  readonly #mailbox: SharedArrayBuffer | undefined;
  #running: Running | undefined;
  #waiting: (() => void) | undefined;
  #isStopping = false;
  #killTimer: ReturnType<typeof setTimeout> | undefined;
  #newest = 0;
  #ended: CellError | undefined;
  #becomeReady: () => void = () => undefined;
  #fail: (error: Error) => void = () => undefined;

  constructor(options: ExecutorOptions, parts: PageParts) {
    this.#options = options;
    this.#parts = parts;
    const isShared = globalThis.crossOriginIsolated;
    const memory = isShared ? new SharedArrayBuffer(4) : undefined;
    this.#stop = memory === undefined ? undefined : new Int32Array(memory);
    this.#mailbox = isShared ? makeMailbox() : undefined;
    this.ready = new Promise((resolve, reject) => {
      this.#becomeReady = resolve;
      this.#fail = reject;
    });
    this.#worker = new Worker(parts.cells, { name: "cells" });
    this.#worker.onmessage = ({ data }: MessageEvent<CellsMessage>) => this.#onMessage(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#fail(new Error(event.message || "the worker of the cells could not be started"));
    };
    const sign: StopSign =
      memory === undefined
        ? { after: stops, address: parts.settings.stopAddress }
        : { after: stops, shared: memory };
    const { env } = options;
    this.#post({
      type: "start",
      sign,
      mailbox: this.#mailbox,
      settings: { ...parts.settings, env: { ...parts.settings.env, ...env } },
    });
    for (const file of given.values()) this.give(file);
  }

  give({ path, file }: GivenFile): void {
    this.#post({ type: "file", path, file });
  }

  async execute(code: string, { onOutput, cell }: ExecuteOptions = {}): Promise<Outcome> {
    if (this.#ended !== undefined) return { status: "error", error: this.#ended, exited: true };
    if (this.#running !== undefined)
      throw new Error("a cell is still running; wait for it, or interrupt it");
    this.#newest = cell ?? this.#newest + 1;
    const own = this.#newest;
    this.#listeners.set(own, onOutput);
    return new Promise((settle) => {
      this.#running = { cell: own, settle };
      const begin = (): void => this.#post({ type: "execute", cell: own, code });
      // A Stop that is on its way would end this cell.
      if (this.#isStopping) this.#waiting = begin;
      else begin();
    });
  }

  look(question: LookQuestion): Promise<LookAnswer | undefined> {
    if (this.#ended !== undefined) return Promise.resolve(undefined);
    return this.#looks.ask((id) => this.#post({ type: "look", id, question }));
  }

  async debug(): Promise<never> {
    throw new Error("a page has no debugger; open the notebook with tsrsa lab or in Jupyter");
  }

  beside(code: string, options: ExecuteOptions & { cell: number }): Promise<Outcome> {
    return this.#besides({ type: "beside", cell: options.cell, code }, options);
  }

  comm(message: CommMessage, options: ExecuteOptions & { cell: number }): Promise<Outcome> {
    return this.#besides({ type: "comm", cell: options.cell, message }, options);
  }

  async #besides(
    request: ToCells,
    { onOutput, cell }: ExecuteOptions & { cell: number },
  ): Promise<Outcome> {
    if (this.#ended !== undefined) return { status: "error", error: this.#ended, exited: true };
    this.#listeners.set(cell, onOutput);
    return new Promise((settle) => {
      this.#handled.set(cell, settle);
      this.#post(request);
    });
  }

  answer(id: number, answer: InputAnswer): void {
    const blocks = this.#blocking.delete(id);
    if (blocks && this.#mailbox !== undefined) putAnswer(this.#mailbox, { id, ...answer });
    else this.#post({ type: "inputReply", id, ...answer });
  }

  // A worker's messages are taken as they come.
  pause(): void {}
  resume(): void {}

  interrupt(): void {
    if (this.#ended !== undefined || this.#isStopping) return;
    this.#isStopping = true;
    stops += 1;
    if (this.#stop !== undefined) {
      Atomics.store(this.#stop, 0, stops);
      Atomics.notify(this.#stop, 0);
    }
    this.#parts.stops?.tell(stops);
    this.#blocking.clear();
    this.#post({ type: "stop", number: stops });
    this.#killTimer = setTimeout(() => this.#end(wouldNotStop), killAfterMs);
  }

  async close(): Promise<void> {
    this.#end("the worker of the cells was ended");
  }

  #post(message: ToCells): void {
    if (this.#ended === undefined) this.#worker.postMessage(message);
  }

  #onMessage(message: CellsMessage): void {
    if (message.type === "draw")
      return void drawing(message.svg, message.scale).then(
        (bytes) => this.#post({ type: "drawn", id: message.id, bytes }),
        (error: unknown) => this.#post({ type: "drawn", id: message.id, reason: String(error) }),
      );
    this.#onFrame(message);
  }

  #onFrame(frame: ExecutorFrame): void {
    switch (frame.type) {
      case "ready":
        return this.#becomeReady();
      case "interrupted":
        return this.#onInterrupted();
      case "output":
        return this.#listeners.tell(frame.cell, frame.output);
      case "looked":
        return this.#looks.answer(frame.id, frame.answer);
      case "comm":
        return this.#options.onComm?.(frame.message, frame.cell);
      case "input":
        return this.#onInput(frame);
      case "done":
        return this.#onDone(frame.cell, frame.outcome);
    }
  }

  #onInput(request: InputRequest): void {
    if (request.sync === true) this.#blocking.add(request.id);
    if (this.#options.onInput !== undefined) this.#options.onInput(request);
    else this.answer(request.id, { refused: "there is nobody to ask in this run" });
  }

  #onInterrupted(): void {
    this.#isStopping = false;
    clearTimeout(this.#killTimer);
    this.#parts.stops?.over();
    const begin = this.#waiting;
    this.#waiting = undefined;
    begin?.();
  }

  #onDone(cell: number, outcome: Outcome): void {
    const running = this.#running;
    if (running?.cell === cell) {
      this.#running = undefined;
      running.settle(outcome);
    } else {
      this.#handled.get(cell)?.(outcome);
      this.#handled.delete(cell);
    }
  }

  #end(evalue: string): void {
    if (this.#ended !== undefined) return;
    this.#ended = { ename: "ExecutorExit", evalue, frames: [], libraryFrames: 0 };
    clearTimeout(this.#killTimer);
    this.#parts.stops?.over();
    this.#worker.terminate();
    const outcome = { status: "error", error: this.#ended, exited: true } as const;
    if (this.#running !== undefined) this.#onDone(this.#running.cell, outcome);
    for (const cell of [...this.#handled.keys()]) this.#onDone(cell, outcome);
    this.#options.onExit?.(this.#ended);
  }
}

const wouldNotStop =
  "the cell did not stop when interrupted: it was in one long call that only the end of its worker can stop, so that " +
  "was ended and its variables are lost; run the cells above again";
