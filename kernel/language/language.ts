import type { LanguageService } from "../server/language.ts";
import { languageService } from "./language-service.ts";
import { startThread } from "./thread.ts";

/** How the language service of a notebook is started. */
export interface LanguageOptions {
  /** Folder of the notebook: relative imports and packages are looked for from here. */
  readonly cwd: string;
  /** A file beside whose packages those are looked for that the notebook's folder lacks. */
  readonly packagesFrom?: string;
  /** After so long a question has no answer; the start of the worker does not count. Default: 10,000 ms. */
  readonly timeoutMs?: number;
}

/** The language service of a notebook, in a thread of this process. */
export function startLanguageService(options: LanguageOptions): LanguageService {
  const { cwd, packagesFrom, timeoutMs } = options;
  return languageService({
    start: (listener) => startThread({ folder: cwd, packagesFrom }, listener),
    timeoutMs,
  });
}
