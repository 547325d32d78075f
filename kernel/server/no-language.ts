import type { LanguageService } from "./language.ts";

/** Stands in where there is no language service: knows nothing. */
export const noLanguage: LanguageService = {
  isReady: false,
  warmUp: () => undefined,
  complete: async (_, cursor) => ({
    matches: [],
    cursorStart: cursor,
    cursorEnd: cursor,
    kinds: [],
  }),
  inspect: async () => ({ found: false, bundle: {} }),
  cellExecuted: () => undefined,
  diagnose: async () => undefined,
  reset: () => undefined,
  close: async () => undefined,
};
