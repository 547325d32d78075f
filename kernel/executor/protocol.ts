/** Output by MIME type. */
export type MimeBundle = Record<string, unknown>;

/** A place in the user's code, counted from 1. */
export interface CodeFrame {
  /** Name of the function, if it has one. */
  readonly name?: string;
  /** The cell, or undefined when the code is in `file`. */
  readonly cell?: number;
  readonly file?: string;
  readonly line: number;
  readonly column: number;
  /** The text of that line. */
  readonly text?: string;
}

/** What went wrong in a cell. */
export interface CellError {
  readonly ename: string;
  readonly evalue: string;
  /** Where in the user's code, innermost first; frames of libraries are left out. */
  readonly frames: readonly CodeFrame[];
  /** How many frames of libraries lie between the error and the user's code. */
  readonly libraryFrames: number;
  readonly cause?: CellError;
  /** The errors of an AggregateError. */
  readonly parts?: readonly CellError[];
  /** Fields of the error beyond the usual, such as `code: 'ENOENT'`, one a line. */
  readonly fields?: readonly string[];
}

export type Outcome =
  | { readonly status: "ok" }
  | { readonly status: "error"; readonly error: CellError; readonly exited?: boolean };

/**
 * What a cell shows while it runs. `result` is the value of its last expression. `metadata` is by MIME
 * type, as a notebook stores it. `clear` removes what the cell has shown so far; with `wait`, not
 * before its next output comes.
 */
export type Output =
  | { readonly type: "stream"; readonly name: "stdout" | "stderr"; readonly text: string }
  | {
      readonly type: "display";
      readonly bundle: MimeBundle;
      readonly metadata?: MimeBundle;
      readonly displayId?: string;
      readonly update?: boolean;
    }
  | { readonly type: "result"; readonly bundle: MimeBundle; readonly metadata?: MimeBundle }
  | { readonly type: "clear"; readonly wait?: boolean };

/** A message on a comm, in either direction. `targetName` is set when it opens the comm. */
export interface CommMessage {
  readonly kind: "open" | "msg" | "close";
  readonly commId: string;
  readonly targetName?: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Binary attachments, in the order of the wire. */
  readonly buffers?: readonly Uint8Array[];
}

/**
 * What the parent asks over the fork's channel. A cell `beside` runs in turns with the one that runs. A `comm` is handled as a piece of work with a number
 * of its own (`cell`): what its handler shows carries that number, and `done` with it ends the work.
 * A `guard` says where the parent listens for the next guard. An `inputReply` answers the `input` frame of that `id`; without a `value`, `refused` says why there is none.
 */
export type ExecutorRequest =
  | { readonly type: "execute"; readonly cell: number; readonly code: string }
  | { readonly type: "beside"; readonly cell: number; readonly code: string }
  | { readonly type: "comm"; readonly cell: number; readonly message: CommMessage }
  | {
      readonly type: "inputReply";
      readonly id: number;
      readonly value?: string;
      readonly refused?: string;
    }
  | { readonly type: "guard"; readonly path: string }
  | { readonly type: "look"; readonly id: number; readonly question: LookQuestion }
  | { readonly type: "exit" };

/**
 * Frames of the executor's own pipe, in the order they happened. From `started` on an interrupt ends the
 * cell; `interrupted` says that an interrupt is over. `guardLost` asks for a way in for another guard.
 * `input` asks the user for a line.
 */
export type ExecutorFrame =
  | { readonly type: "ready" }
  | { readonly type: "started"; readonly cell: number }
  | { readonly type: "interrupted" }
  | { readonly type: "guardLost" }
  | { readonly type: "output"; readonly cell: number; readonly output: Output }
  | { readonly type: "comm"; readonly cell: number; readonly message: CommMessage }
  | {
      readonly type: "input";
      readonly cell: number;
      readonly id: number;
      readonly prompt: string;
      readonly password?: boolean;
      /** The cell blocks its thread until the answer comes, which then has to go to the guard. */
      readonly sync?: boolean;
    }
  /** Names that came back from a checkpoint; no cell declared them. */
  | { readonly type: "restored"; readonly names: readonly string[] }
  /** The process ends, and writes a checkpoint before. */
  | { readonly type: "saving" }
  | { readonly type: "looked"; readonly id: number; readonly answer: LookAnswer }
  | { readonly type: "done"; readonly cell: number; readonly outcome: Outcome };

/** A question for the values there are: what may follow `root`, or which names there are when it is undefined. */
export interface LookQuestion {
  readonly root?: string;
  /** Members on the way from there. */
  readonly steps: readonly string[];
  /**
   * All members, or only those that a value says it has (columns, labels), or the one text it was compiled from, or the
   * one that shows it; or the magics there are.
   */
  readonly names: "members" | "keys" | "source" | "shown" | "magics";
}

export interface LookAnswer {
  readonly names: readonly string[];
  readonly kinds: readonly string[];
}

/** File descriptors of the executor besides the standard ones and the fork's channel (3). */
export const guardPipe = 4;
export const outputPipe = 5;

/** Bytes before each frame: its length and its number, both 32 bits little endian. */
export const frameHeaderBytes = 8;
