/** What may stand at the cursor. Positions count code points, as Jupyter does. */
export interface Completion {
  readonly matches: readonly string[];
  /** The text from `cursorStart` to `cursorEnd` is what a match replaces. */
  readonly cursorStart: number;
  readonly cursorEnd: number;
  /** What each match is (`function`, `class`, `property`, …), in the order of `matches`. */
  readonly kinds: readonly string[];
}

/** What is known of the name at the cursor. */
export interface Inspection {
  readonly found: boolean;
  /** `text/plain` and `text/markdown`; empty when nothing was found. */
  readonly bundle: Readonly<Record<string, string>>;
}

/** What the type checker has to say about a place of a cell. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly message: string;
  /** Number of the message in TypeScript, for example 2322. */
  readonly code: number;
  /** Counted from 1; columns in UTF-16 units, as the frames of errors. */
  readonly line: number;
  readonly column: number;
}

/** Completion, help and type errors. Never on the path of a cell. */
export interface LanguageService {
  /** False while a question would have to wait for the service to start. */
  readonly isReady: boolean;
  /** Starts the service before the first question. */
  warmUp(): void;
  /** `cursor` counts code points. */
  complete(code: string, cursor: number): Promise<Completion>;
  /** `detail` 1 tells all that the documentation says. */
  inspect(code: string, cursor: number, detail: 0 | 1): Promise<Inspection>;
  /** Tells of a cell that ran: later questions know its names. Costs nothing before the first question. */
  cellExecuted(code: string): void;
  /** Type errors of a cell that would run next; undefined when they could not be found out. */
  diagnose(code: string): Promise<readonly Diagnostic[] | undefined>;
  /** Forgets the cells, as when the process that ran them ended. */
  reset(): void;
  close(): Promise<void>;
}
