import type { Debugger as Protocol, InspectorNotification } from "node:inspector";
import { Session } from "node:inspector/promises";
import { unmark } from "../transform/marks.ts";
import { Breakpoints } from "./breakpoints.ts";
import type { AnnouncedCell, DebugMessage, DebugRequest } from "./dap.ts";
import { hashSeed, lineOf, pathOf, prefix, suffix } from "./sources.ts";
import { Variables } from "./variables.ts";

type Arguments = DebugRequest["arguments"];
type Step = "stepOver" | "stepInto" | "stepOut";

interface DebuggerParts {
  /** Sends a response or an event to the front end. */
  readonly tell: (message: DebugMessage) => void;
  /** Tells the main thread whether cells have to be announced. */
  readonly onState: (isDebugging: boolean) => void;
  /** Code of the kernel, in which nobody wants to stop. */
  readonly hidden: readonly string[];
}

/** Debugs the main thread from the guard's, which goes on while the main thread is paused. */
export class Debugger {
  readonly #parts: DebuggerParts;
  #session: Session | undefined;
  #variables: Variables | undefined;
  readonly #breakpoints = new Breakpoints((method, params) => this.#post(method, params));
  readonly #scripts = new Map<string, string>();
  readonly #dumped = new Map<string, string>();
  #frames: Protocol.CallFrame[] = [];
  #step: { readonly kind: Step; readonly from: string; left: number } | undefined;

  constructor(parts: DebuggerParts) {
    this.#parts = parts;
  }

  async handle({ seq, command, arguments: given }: DebugRequest): Promise<void> {
    const response = { type: "response", request_seq: seq, command } as const;
    try {
      const body = await this.#answer(command, given);
      this.#parts.tell({ ...response, success: true, body });
      if (command === "initialize") this.#parts.tell({ type: "event", event: "initialized" });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#parts.tell({ ...response, success: false, message });
    }
  }

  /** A cell is about to run: its breakpoints are set before. */
  announce(cell: AnnouncedCell): Promise<void> {
    return this.#breakpoints.announce(cell);
  }

  /** Lets the main thread go on, and stop nowhere, so that a Stop can end it. */
  async release(): Promise<void> {
    if (this.#frames.length === 0) return;
    await this.#post("Debugger.setSkipAllPauses", { skip: true }).catch(() => undefined);
    await this.#resume("Debugger.resume");
    await this.#post("Debugger.setSkipAllPauses", { skip: false }).catch(() => undefined);
  }

  async #answer(command: string, given: Arguments): Promise<unknown> {
    switch (command) {
      case "debugInfo":
        return this.#info();
      case "initialize":
        return this.#initialize();
      case "attach":
      case "configurationDone":
      case "setExceptionBreakpoints":
        return {};
      case "disconnect":
        return this.#disconnect();
      case "threads":
        return { threads: [{ id: threadId, name: "cells" }] };
      case "dumpCell":
        return this.#dump(String(given.code));
      case "source":
        return { content: this.#dumped.get(pathIn(given)) ?? "" };
      case "setBreakpoints":
        return this.#breakpoints.set(pathIn(given), linesIn(given));
      case "stackTrace":
        return this.#stackTrace();
      case "scopes":
        return { scopes: this.#variablesNow().scopes(this.#frame(given.frameId)) };
      case "variables":
        return { variables: await this.#variablesNow().of(Number(given.variablesReference)) };
      case "inspectVariables":
        return {
          variables: this.#session === undefined ? [] : await this.#variablesNow().ofNotebook(),
        };
      case "continue":
        await this.#resume("Debugger.resume");
        return { allThreadsContinued: true };
      case "next":
        return this.#go("stepOver");
      case "stepIn":
        return this.#go("stepInto");
      case "stepOut":
        return this.#go("stepOut");
      default:
        throw new Error(`this debugger has no ${command}`);
    }
  }

  #info(): object {
    return {
      isStarted: this.#session !== undefined,
      hashMethod: "Murmur2",
      hashSeed,
      tmpFilePrefix: prefix,
      tmpFileSuffix: suffix,
      breakpoints: this.#breakpoints.all,
      stoppedThreads: this.#frames.length > 0 ? [threadId] : [],
      richRendering: false,
      exceptionPaths: [],
      copyToGlobals: false,
    };
  }

  async #initialize(): Promise<object> {
    if (this.#session === undefined) {
      const session = new Session();
      session.connectToMainThread();
      session.on("Debugger.scriptParsed", ({ params }) => this.#onScript(params));
      session.on("Debugger.paused", (message) => void this.#onPaused(message));
      session.on("Debugger.resumed", () => this.#onResumed());
      this.#session = session;
      this.#variables = new Variables(session);
      await session.post("Debugger.enable");
      await session.post("Debugger.setBlackboxPatterns", { patterns: [...this.#parts.hidden] });
      this.#parts.onState(true);
    }
    return {
      supportsConfigurationDoneRequest: true,
      supportsSteppingGranularity: false,
      supportsEvaluateForHovers: false,
    };
  }

  async #disconnect(): Promise<object> {
    this.#parts.onState(false);
    await this.release();
    this.#session?.disconnect();
    this.#session = undefined;
    this.#scripts.clear();
    this.#breakpoints.clear();
    return {};
  }

  #dump(code: string): object {
    const sourcePath = pathOf(code);
    this.#dumped.set(sourcePath, code);
    return { sourcePath };
  }

  #stackTrace(): object {
    const stackFrames = this.#frames.flatMap((frame, id) => {
      const cell = this.#cellOf(frame);
      // The script around the body of a cell is none of the user's.
      const isBody = frame.scopeChain.some(({ type }) => type === "local");
      if (cell === undefined || !isBody) return [];
      const path = pathOf(cell.source);
      const line = lineOf(cell, frame.location);
      const name = unmark(frame.functionName) || `cell ${cell.cell}`;
      return [{ id: id + 1, name, line, column: 1, source: { name: path, path } }];
    });
    return { stackFrames, totalFrames: stackFrames.length };
  }

  #frame(id: unknown): Protocol.CallFrame {
    const frame = this.#frames[Number(id) - 1];
    if (frame === undefined)
      throw new Error("there is no such frame: the code is not paused there");
    return frame;
  }

  #cellOf({ location }: Protocol.CallFrame): AnnouncedCell | undefined {
    return this.#breakpoints.cell(this.#scripts.get(location.scriptId) ?? "");
  }

  async #go(kind: Step): Promise<object> {
    const [top] = this.#frames;
    if (top === undefined) throw new Error("the code is not paused");
    this.#step = { kind, from: this.#placeOf(top), left: mostSteps };
    await this.#resume(`Debugger.${kind}`);
    return {};
  }

  /** A line of the user's may be several of the script: a step goes on until it has left the line. */
  #placeOf(frame: Protocol.CallFrame): string {
    const cell = this.#cellOf(frame);
    const line = cell === undefined ? 0 : lineOf(cell, frame.location);
    return `${cell?.script} ${line} ${this.#frames.length}`;
  }

  async #resume(method: string): Promise<void> {
    if (this.#frames.length === 0) throw new Error("the code is not paused");
    await this.#post(method);
  }

  #onScript({ scriptId, url }: Protocol.ScriptParsedEventDataType): void {
    const name = /[/\\](cell-\d+\.ts)$/.exec(url)?.[1];
    if (name !== undefined) this.#scripts.set(scriptId, name);
  }

  async #onPaused({ params }: InspectorNotification<Protocol.PausedEventDataType>): Promise<void> {
    this.#frames = params.callFrames;
    const [top] = params.callFrames;
    const isBreakpoint = (params.hitBreakpoints ?? []).length > 0;
    const step = this.#step;
    if (top !== undefined && !isBreakpoint && step !== undefined && step.left > 0) {
      const isOutside = this.#cellOf(top) === undefined;
      if (isOutside || this.#placeOf(top) === step.from) {
        step.left -= 1;
        return void (await this.#post(`Debugger.${isOutside ? "stepOut" : step.kind}`));
      }
    }
    this.#step = undefined;
    const reason = isBreakpoint ? "breakpoint" : "step";
    const body = { reason, threadId, allThreadsStopped: true };
    this.#parts.tell({ type: "event", event: "stopped", body });
  }

  #onResumed(): void {
    const wasStopped = this.#step === undefined;
    this.#frames = [];
    this.#variables?.forget();
    if (wasStopped)
      this.#parts.tell({
        type: "event",
        event: "continued",
        body: { threadId, allThreadsContinued: true },
      });
  }

  #variablesNow(): Variables {
    if (this.#variables === undefined)
      throw new Error("the debugger was not started: initialize comes first");
    return this.#variables;
  }

  async #post(method: string, params: object = {}): Promise<unknown> {
    if (this.#session === undefined)
      throw new Error("the debugger was not started: initialize comes first");
    const post = this.#session.post.bind(this.#session) as (
      m: string,
      p: object,
    ) => Promise<unknown>;
    return post(method, params);
  }
}

const threadId = 1;
const mostSteps = 200;

function pathIn({ source }: Arguments): string {
  const path = (source as { path?: unknown } | undefined)?.path;
  if (typeof path !== "string") throw new Error("the source has no path");
  return path;
}

function linesIn({ breakpoints }: Arguments): number[] {
  const asked = Array.isArray(breakpoints) ? (breakpoints as unknown[]) : [];
  return asked.map((one) => Number((one as { line?: unknown } | null)?.line));
}
