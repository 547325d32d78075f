import { displayHook } from "./display.ts";
import { InvalidArgument, TsrsaError } from "./errors.ts";
import { escapeHtml } from "./text.ts";

/** MIME type of a checked sentence; a runner counts these into the record of the run. */
export const claimMime = "application/vnd.tsrsa.claim+json";

/** A sentence of a notebook that its own numbers contradict. */
export class ClaimFailed extends TsrsaError {
  readonly code = "CLAIM_FAILED";
  constructor(readonly claim: string) {
    super(
      `the numbers above do not show it: ${claim}; correct the sentence, or find out why they changed`,
    );
  }
}

/**
 * Check a sentence of a notebook against its numbers: it is shown with a tick, counted in the record of a headless run
 * (`run.json`), and the run fails where it does not hold. So that no text says what the figure above it contradicts.
 *
 * @param text - the sentence, as a reader would say it.
 * @param holds - whether it is true of the numbers.
 * @throws ClaimFailed when it does not hold; InvalidArgument for what is not true or false.
 * @example
 * import { claim } from "tsrsa";
 * const [pixelsS, networkS] = [0.1, 0.25];
 * claim("the pixels come before the network", pixelsS < networkS);
 */
export function claim(text: string, holds: boolean): void {
  if (typeof text !== "string" || text === "")
    throw new InvalidArgument("text", text, "give the sentence that is checked");
  if (typeof holds !== "boolean")
    throw new InvalidArgument("holds", holds, "give true or false: a comparison of numbers");
  show(text, holds);
  if (!holds) throw new ClaimFailed(text);
}

function show(text: string, holds: boolean): void {
  const hook = displayHook();
  const line = `${holds ? "✓" : "✗"} ${text}`;
  if (hook === undefined) return console.log(line);
  hook.display({
    [claimMime]: { text, holds },
    "text/html": `<p class="claim">${escapeHtml(line)}</p>`,
    "text/plain": line,
  });
}
