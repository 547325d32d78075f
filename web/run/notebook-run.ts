import type { Json } from "../json.ts";
import { isObject } from "../json.ts";
import type { ClientListener } from "../kernel/client.ts";
import { KernelClient } from "../kernel/client.ts";
import type { ConnectionState, KernelConnection } from "../kernel/connection.ts";
import type { Message, Notice } from "../kernel/message.ts";
import { tagsOf } from "../notebook/cell.ts";
import type { NotebookDocument } from "../notebook/document.ts";
import type { Shown } from "../notebook/published.ts";
import { published, updated } from "../notebook/published.ts";
import type { LineRemark } from "../editor/editor.ts";
import { WidgetModels } from "../widgets/models.ts";
import { warningsIn } from "./warnings.ts";

/** Where a cell stands with the kernel. */
export interface Phase {
  readonly state: "idle" | "waiting" | "running" | "done" | "failed" | "aborted";
  /** When it began to run, in milliseconds of `performance.now()`. */
  readonly since?: number;
  readonly seconds?: number;
}

/** What ran last in a cell in this kernel, and when, counted in runs. */
export interface Ran {
  readonly source: string;
  readonly at: number;
}

/** Who watches a notebook run. */
export interface RunListener {
  onPhase(cell: string): void;
  onRemarks(cell: string, remarks: readonly LineRemark[]): void;
  onQuestion(
    cell: string,
    prompt: string,
    password: boolean,
    answer: (value: string) => void,
  ): void;
  /** Help that a cell asked for by `name?`. */
  onPage(data: Json): void;
  onConnection(state: ConnectionState): void;
  /** The kernel is another than before: its variables are gone. */
  onNewKernel(): void;
  onSaved(version: string): void;
  onModel(): void;
}

const idle: Phase = { state: "idle" };

/** Runs the cells of a notebook and puts into the document what the kernel says of them. */
export class NotebookRun implements ClientListener {
  readonly client: KernelClient;
  readonly models = new WidgetModels();
  readonly #document: NotebookDocument;
  readonly #listener: RunListener;
  readonly #phases = new Map<string, Phase>();
  readonly #ran = new Map<string, Ran>();
  readonly #toClear = new Set<string>();
  /** Cells whose last run another tab asked for. */
  readonly #foreign = new Set<string>();
  #runs = 0;
  #kernel = "";
  #afterRestart: (() => void) | undefined;

  constructor(document: NotebookDocument, connection: KernelConnection, listener: RunListener) {
    this.#document = document;
    this.#listener = listener;
    this.client = new KernelClient(connection, this);
  }

  phase(cell: string): Phase {
    return this.#phases.get(cell) ?? idle;
  }

  /** What ran in each cell, also in those that were deleted since. */
  get ran(): ReadonlyMap<string, Ran> {
    return this.#ran;
  }

  /** True when another tab asked for what the cell shows, which then saves it. */
  isForeign(cell: string): boolean {
    return this.#foreign.has(cell);
  }

  get isBusy(): boolean {
    return [...this.#phases.values()].some(isUnderWay);
  }

  /** Runs cells one after another; one that fails takes those behind it with it, unless it may fail. */
  run(ids: readonly string[]): void {
    for (const id of ids) {
      const cell = this.#document.cell(id);
      if (cell === undefined || cell.kind !== "code" || isUnderWay(this.phase(id))) continue;
      this.#listener.onRemarks(id, []);
      if (cell.source.trim() === "") {
        this.#document.setOutputs(id, []);
        continue;
      }
      this.#setPhase(id, { state: "waiting" });
      this.client.execute(id, cell.source, tagsOf(cell).includes("raises-exception"));
    }
  }

  interrupt(): void {
    void this.client.interrupt();
  }

  restart(): void {
    this.client.restart();
  }

  /** Does something once the kernel is another. */
  afterRestart(work: () => void): void {
    this.#afterRestart = work;
  }

  onPublished(message: Message): void {
    const { header, parent_header: parent, content } = message;
    const { msg_type: type } = header;
    if (type.startsWith("comm_")) {
      if (this.models.receive(message)) this.#listener.onModel();
      return;
    }
    const { cell } = parent;
    if (type === "update_display_data" && this.#update(content)) return;
    // An update of what nobody shows yet is shown where it was made.
    const shownAs = type === "update_display_data" ? "display_data" : type;
    if (cell !== undefined && type === "execute_input") this.#noteOwner(cell, parent.session);
    if (cell !== undefined) this.#onCell(cell, shownAs, content);
    else if (type === "stream" || type.startsWith("display")) this.#onStray(type, content);
  }

  onReply({ parent_header: parent, content }: Message): void {
    const cell = parent.cell ?? "";
    if (content.status === "aborted") this.#setPhase(cell, { state: "aborted" });
    for (const payload of Array.isArray(content.payload) ? content.payload : []) {
      if (!isObject(payload)) continue;
      if (payload.source === "page" && isObject(payload.data)) this.#listener.onPage(payload.data);
      if (payload.source === "set_next_input" && payload.replace === true)
        this.#document.setSource(cell, String(payload.text));
    }
  }

  onQuestion(message: Message): void {
    const { prompt = "", password } = message.content;
    const cell = message.parent_header.cell ?? "";
    const answer = (value: string): void => this.client.answer(message, value);
    this.#listener.onQuestion(cell, String(prompt), password === true, answer);
  }

  onState(state: ConnectionState): void {
    this.#listener.onConnection(state);
  }

  onNotice(notice: Notice): void {
    if (notice.type === "saved") this.#listener.onSaved(notice.version);
    if (notice.type === "heard") this.#askStates();
    if (notice.type !== "hello") return;
    const isOther = this.#kernel !== "" && this.#kernel !== notice.kernel;
    this.#kernel = notice.kernel;
    if (isOther) this.#forget();
  }

  /** Widgets may have moved since they were made. */
  #askStates(): void {
    for (const id of this.models.ids)
      this.client.comm("comm_msg", { comm_id: id, data: { method: "request_state" } });
  }

  /** What was asked of the old kernel has no answer any more. */
  #forget(): void {
    this.#ran.clear();
    this.#toClear.clear();
    this.models.clear();
    for (const [cell, phase] of [...this.#phases])
      this.#setPhase(cell, isUnderWay(phase) ? { state: "aborted" } : idle);
    this.#listener.onNewKernel();
    const work = this.#afterRestart;
    this.#afterRestart = undefined;
    work?.();
  }

  #noteOwner(cell: string, session: string | undefined): void {
    if (session === this.client.session) this.#foreign.delete(cell);
    else this.#foreign.add(cell);
  }

  #onCell(cell: string, type: string, content: Json): void {
    if (type === "status") return this.#onStatus(cell, content.execution_state);
    if (type === "execute_input") return this.#onInput(cell, content);
    if (type === "error") this.#setPhase(cell, { ...this.phase(cell), state: "failed" });
    this.#show(cell, type, content);
  }

  #onStatus(cell: string, state: unknown): void {
    const before = this.phase(cell);
    if (state === "busy" && before.state !== "running")
      return this.#setPhase(cell, { state: "running", since: performance.now() });
    if (state !== "idle" || before.state === "idle") return;
    if (this.#toClear.delete(cell)) this.#document.setOutputs(cell, []);
    const seconds =
      before.since === undefined ? undefined : (performance.now() - before.since) / 1000;
    const isOver = before.state === "failed" || before.state === "aborted";
    this.#setPhase(cell, { state: isOver ? before.state : "done", seconds });
  }

  #onInput(cell: string, { code, execution_count: count }: Json): void {
    this.#runs += 1;
    this.#ran.set(cell, { source: String(code), at: this.#runs });
    // What stood there goes with the first that comes, so that the page does not jump.
    this.#toClear.add(cell);
    if (typeof count === "number") this.#document.setExecutionCount(cell, count);
  }

  #show(cell: string, type: string, content: Json): void {
    const now = this.#document.cell(cell);
    if (now === undefined) return;
    const warnings = type === "display_data" ? warningsIn(content) : undefined;
    if (warnings !== undefined) return this.#listener.onRemarks(cell, warnings);
    const before: Shown = { outputs: now.outputs, toClear: this.#toClear.has(cell) };
    const after = published(before, type, content);
    if (after === before) return;
    if (after.toClear) this.#toClear.add(cell);
    else this.#toClear.delete(cell);
    if (after.outputs !== now.outputs) this.#document.setOutputs(cell, after.outputs);
  }

  /** What is shown by nobody's cell, as by the handler of a widget, is shown below the cell that ran last. */
  #onStray(type: string, content: Json): void {
    const last = [...this.#ran].reduce<[string, Ran] | undefined>(
      (best, each) => (best === undefined || each[1].at > best[1].at ? each : best),
      undefined,
    );
    if (last !== undefined) this.#show(last[0], type, content);
  }

  #update(content: Json): boolean {
    const id = isObject(content.transient) ? content.transient.display_id : undefined;
    if (typeof id !== "string") return false;
    let isFound = false;
    for (const cell of this.#document.cells) {
      const outputs = updated(cell.outputs, id, content);
      if (outputs === undefined) continue;
      isFound = true;
      this.#document.setOutputs(cell.id, outputs);
    }
    return isFound;
  }

  #setPhase(cell: string, phase: Phase): void {
    this.#phases.set(cell, phase);
    this.#listener.onPhase(cell);
  }
}

function isUnderWay({ state }: Phase): boolean {
  return state === "waiting" || state === "running";
}
