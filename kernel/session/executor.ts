import type { DebugEvent, DebugRequest, DebugResponse } from "../debugger/dap.ts";
import type {
  CellError,
  CommMessage,
  ExecutorFrame,
  LookAnswer,
  LookQuestion,
  Outcome,
  Output,
} from "../executor/protocol.ts";
import type { SpawnOptions } from "./spawn.ts";

export interface ExecutorOptions extends SpawnOptions {
  /** Called when a cell asks the user for a line; without it, cells are told that nobody can answer. */
  readonly onInput?: (request: InputRequest) => void;
  /** Called with each message of a comm, and the work it came from. */
  readonly onComm?: (message: CommMessage, cell: number) => void;
  /** Called with names that a cell brought back from a checkpoint. */
  readonly onRestored?: (names: readonly string[]) => void;
  /** Called with what the debugger tells of itself: that the code stopped, or goes on. */
  readonly onDebugEvent?: (event: DebugEvent) => void;
  /** Called once the process has ended, whatever the reason. */
  readonly onExit?: (error: CellError) => void;
}

/** A line of input that a cell waits for. */
export type InputRequest = Extract<ExecutorFrame, { type: "input" }>;

/** The user's answer, or why there is none. */
export type InputAnswer = { readonly value: string } | { readonly refused: string };

export interface ExecuteOptions {
  /** Called with each output of the cell, in order; also with those that come after it ended. */
  readonly onOutput?: (output: Output) => void;
  /** Number of the cell, as errors name it. Default: one more than the last. */
  readonly cell?: number;
}

/** A process that runs the cells of one notebook, one after another. */
export interface Executor {
  /** Runs a cell; resolves when it has ended and all it showed by then was passed on. */
  execute(code: string, options?: ExecuteOptions): Promise<Outcome>;
  /** Stops the running cell, keeping variables; kills the process if that takes longer than `killAfterMs`. */
  interrupt(options?: { killAfterMs?: number }): void;
  /** Runs a cell beside the one that runs, in turns with it at each await. */
  beside(code: string, options: ExecuteOptions & { cell: number }): Promise<Outcome>;
  /** Hands over a message of a comm; resolves when its handler has ended. Works while a cell runs. */
  comm(message: CommMessage, options: ExecuteOptions & { cell: number }): Promise<Outcome>;
  /** Asks the values there are; undefined when the process is too busy to answer. */
  look(question: LookQuestion): Promise<LookAnswer | undefined>;
  /** Asks the debugger, which also answers while the code is paused. */
  debug(request: DebugRequest): Promise<DebugResponse>;
  /** Answers an input request. */
  answer(id: number, answer: InputAnswer): void;
  /** Stops reading outputs until `resume`: a cell that shows more has to wait. */
  pause(): void;
  resume(): void;
  /** Ends the process. */
  close(): Promise<void>;
}
