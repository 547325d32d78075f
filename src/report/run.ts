/** A call of an analysis, as the code has it. */
export interface WrittenCall {
  /** Number of the code cell, from 1; 0 for a file that cells import. */
  readonly cell: number;
  /** That file, as it is named there. */
  readonly file?: string;
  readonly call: string;
  /** Its arguments before the options, as written. */
  readonly of: readonly string[];
  /** Values that are written there; `{ code }` for what only a run can tell. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Given to something else, to be called there: `of` has the code that does. */
  readonly handedOn?: true;
}

/** A file of one's own that the code imports. */
export interface CodeFile {
  /** From the folder of the notebook. */
  readonly path: string;
  /** `null` where it is not there. */
  readonly sha256: string | null;
}

/** The call of code that can call anything, as `all[name](…)`. */
export const anyCall = "tsrsa";

/** What of a run's record a report is made of: `run.json`, as `tsrsa run` writes it. */
export interface RunToReport {
  readonly notebook: string;
  readonly status: string;
  readonly tsrsa: string;
  readonly node?: string;
  readonly platform?: string;
  readonly error?: { readonly cell?: number };
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly packages?: Readonly<Record<string, string>>;
  readonly draws?: readonly {
    readonly call: string;
    readonly options: Readonly<Record<string, unknown>>;
    readonly times: number;
  }[];
  readonly sources?: readonly { readonly name: string; readonly kind: string }[];
  readonly data?: readonly { readonly path: string; readonly sha256: string | null }[];
  readonly claims?: { readonly checked: number; readonly failed: readonly string[] };
  readonly started?: string;
  readonly results?: Readonly<Record<string, unknown>>;
  readonly figures?: readonly string[];
  /** The words under its figures. */
  readonly legends?: readonly string[];
  readonly codeSha256?: string;
  readonly calls?: readonly WrittenCall[];
  /** Files of one's own that the code imports. */
  readonly files?: readonly CodeFile[];
  /** Of all the rest, so that a later change is seen. */
  readonly sha256?: string;
}

/** What was planned before the data were opened: `protocol.json`, as `tsrsa protocol` writes it. */
export interface Protocol {
  readonly kind: "tsrsa protocol";
  readonly version: 1;
  readonly tsrsa: string;
  readonly notebook: string;
  readonly created: string;
  /** When the notebook had been run before, as far as can be told; the plan is then none. */
  readonly ranBefore?: string;
  /** Of the code cells. */
  readonly codeSha256: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly calls: readonly WrittenCall[];
  /** Files of one's own that the code imports, whose calls are among these. */
  readonly files?: readonly CodeFile[];
  /** Of all the rest, so that a later change is seen. */
  readonly sha256: string;
}
