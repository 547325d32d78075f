import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { kernelOwn, unmark } from "../transform/marks.ts";
import { evaluated } from "./evaluated.ts";
import { beginFastLoop, endFastLoop } from "./fast-loop.ts";
import { babelHelpers } from "./helpers.ts";
import { gave, guarded, known } from "./known.ts";
import type { Modules } from "./modules.ts";
import { notebookNames } from "./notebook-names.ts";
import { each, wait } from "./waiting.ts";

/** Declares what the code of cells calls without an import; no module sees these names. */
export function declareKernelNames(modules: Modules, folder: string, notebook: string): void {
  const names = {
    [kernelOwn]: {
      w: wait,
      each,
      fast: beginFastLoop,
      slow: endFastLoop,
      has: (name: string) =>
        notebookNames.has(name) ? notebookNames.isBound(name) : name in globalThis,
      evaluated,
      known,
      gave,
      fixed: guarded("fixed"),
      early: guarded("early"),
      unset: guarded("unset"),
      caught,
      i: modules.import,
      m: modules.members,
      reload: modules.reload,
      meta: {
        url: pathToFileURL(notebook).href,
        filename: notebook,
        dirname: folder,
        resolve: modules.resolve,
      },
    },
    babelHelpers,
    require: modules.require,
    __dirname: folder,
    __filename: join(notebook),
  };
  for (const [name, value] of Object.entries(names)) notebookNames.set(name, value);
}

/** Brings again what cells imported from files that were edited since. */
export async function reloadFiles(): Promise<void> {
  const { reload } = notebookNames.get(kernelOwn) as { reload: Modules["reload"] };
  await reload((name, before, after) => {
    const isSame = notebookNames.has(name) && notebookNames.get(name) === before;
    if (isSame) notebookNames.set(name, after, "cell");
  });
}

/** Imports as the cells do. */
export function importAsCell(name: string): Promise<object> {
  const { i } = notebookNames.get(kernelOwn) as { i: (name: string) => Promise<object> };
  return i(name);
}

/** An error that a cell caught: V8's message names a variable by its binding, the user by its name. */
function caught(error: unknown): void {
  if (!(error instanceof Error)) return;
  const own = Object.getOwnPropertyDescriptor(error, "message");
  if (own?.writable !== true || typeof own.value !== "string") return;
  const message = unmark(own.value);
  if (message !== own.value) error.message = message;
}
