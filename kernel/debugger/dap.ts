/** A request of the Debug Adapter Protocol, as Jupyter carries it. */
export interface DebugRequest {
  readonly seq: number;
  readonly command: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

export interface DebugResponse {
  readonly type: "response";
  readonly request_seq: number;
  readonly success: boolean;
  readonly command: string;
  readonly message?: string;
  readonly body?: unknown;
}

export interface DebugEvent {
  readonly type: "event";
  readonly event: string;
  readonly body?: unknown;
}

export type DebugMessage = DebugResponse | DebugEvent;

/** A cell that is about to run: its script, and which line of the user's text each piece of the script is. */
export interface AnnouncedCell {
  readonly cell: number;
  /** The user's text. */
  readonly source: string;
  /** File name of the script, without its folder. */
  readonly script: string;
  /** Line and column of a piece in the script, and its line in the text, in order; all counted from 1. */
  readonly pieces: readonly (readonly [line: number, column: number, sourceLine: number])[];
}

/** What the main thread and the guard tell each other beside Stops. */
export type ToGuard = { readonly announce: AnnouncedCell };
export type FromGuard = { readonly isDebugging: boolean } | { readonly announced: number };
