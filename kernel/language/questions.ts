import type { Completion, Diagnostic, Inspection } from "../server/language.ts";

/** What the worker is asked. `ran` has no answer. */
export type Question =
  | { readonly type: "complete"; readonly code: string; readonly cursor: number }
  | {
      readonly type: "inspect";
      readonly code: string;
      readonly cursor: number;
      readonly detail: 0 | 1;
    }
  | { readonly type: "diagnose"; readonly code: string };

/** What the answer to a question is, by its type. */
export interface Answers {
  complete: Completion;
  inspect: Inspection;
  diagnose: readonly Diagnostic[];
}

export type ToWorker =
  | { readonly id: number; readonly question: Question }
  | { readonly ran: string }
  | { readonly reset: true };

/** `ready` comes once, when the worker has read the libraries and answers at once. */
export type FromWorker =
  | { readonly ready: true }
  | { readonly id: number; readonly answer: Answers[keyof Answers] }
  | { readonly id: number; readonly failure: string };

/** What the worker is started with. */
export interface WorkerSettings {
  readonly folder: string;
  readonly packagesFrom?: string;
  /** Where the kernel's own types lie. Default: beside the service's own files. */
  readonly kernelFolder?: string;
}
