import type { FromWorker, ToWorker } from "../../language/questions.ts";

/** Where what the language service needs lies. */
export interface LanguageParts {
  /** The address of its worker. */
  readonly worker: string;
  /** The address of the declaration files, one JSON for all. */
  readonly types: string;
}

/** What the worker is told: first where the types lie. */
export type ToLanguage = { readonly types: string } | ToWorker;

/** What it says; `lost` when it could not start. */
export type FromLanguage = FromWorker | { readonly lost: string };
