import type { DisplayHook, MimeBundle } from "./display-hook.ts";

/** The part of tslab's module that shows output; the names are tslab's. */
interface Tslab {
  readonly display: TslabDisplay;
  newDisplay(): TslabDisplay;
}

interface TslabDisplay {
  raw(contentType: string, data: string | Uint8Array): void;
}

/**
 * Forms that tslab can carry, best first. It shows one form an output, so the choice is made here. PNG comes before
 * SVG since a notebook that is opened again, and not trusted, shows only the former.
 */
const forms = [
  "text/html",
  "image/png",
  "image/svg+xml",
  "text/markdown",
  "text/latex",
  "text/plain",
];

const named = new Map<string, TslabDisplay>();

/**
 * Output through stock tslab, when the code runs in one of its cells; undefined elsewhere.
 *
 * tslab has no hook for libraries, and importing it would start a second one. But it hands every cell its own `require`
 * through the global `__tslab__`, and that gives the tslab that runs.
 */
export function tslabHook(): DisplayHook | undefined {
  const tslab = runningTslab();
  if (tslab === undefined) return undefined;
  return {
    display: (bundle, { displayId } = {}) => {
      const [mime, data] = bestForm(bundle);
      if (data !== undefined) displayFor(tslab, displayId).raw(mime, data);
    },
  };
}

function runningTslab(): Tslab | undefined {
  const { __tslab__: shared } = globalThis as { __tslab__?: { require?: unknown } };
  if (typeof shared?.require !== "function") return undefined;
  const tslab = (shared.require as (name: string) => Partial<Tslab> | undefined)("tslab");
  return typeof tslab?.newDisplay === "function" ? (tslab as Tslab) : undefined;
}

/** In tslab it is the object that remembers which output to replace. */
function displayFor(tslab: Tslab, id: string | undefined): TslabDisplay {
  if (id === undefined) return tslab.display;
  const display = named.get(id) ?? tslab.newDisplay();
  named.set(id, display);
  return display;
}

function bestForm(bundle: MimeBundle): [string, string | Uint8Array | undefined] {
  const mime = forms.find((form) => bundle[form] !== undefined) ?? "text/plain";
  const data = bundle[mime];
  // Base64 text is what tslab makes of bytes, so both are right.
  return [mime, typeof data === "string" || data instanceof Uint8Array ? data : undefined];
}
