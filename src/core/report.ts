import { displayHook } from "./display.ts";

/** MIME type of a named result; a runner collects these into the record of the run. */
export const resultMime = "application/vnd.tsrsa.result+json";

/**
 * State a named result of a notebook: it is shown, and a headless run writes it into its record (`run.json`) and prints
 * it at the end.
 *
 * @param name - what it is, for example `"RSA with pixels"`.
 * @param value - a number, text, or plain object of these.
 * @param text - how to show it; default: name and value.
 *
 * @example
 * import { report } from "tsrsa";
 * report("items", 450);
 */
export function report(name: string, value: unknown, text = `${name}: ${valueText(value)}`): void {
  const hook = displayHook();
  if (hook === undefined) console.log(text);
  else hook.display({ [resultMime]: { name, value }, "text/plain": text });
}

function valueText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
