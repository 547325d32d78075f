import { displayHook } from "./display.ts";
import { isRecord, text as textKind } from "./gate/kinds.ts";
import { valueText } from "./value-text.ts";

/** MIME type of a named result; a runner collects these into the record of the run. */
export const resultMime = "application/vnd.tsrsa.result+json";

/**
 * State a named result of a notebook: it is shown with four digits, and a headless run writes it with all of them into
 * its record (`run.json`) and prints it at the end. In an object, a name that ends in a unit has it shown: `timeS` is a
 * time in seconds. Numbers that JSON does not know are recorded in words (`"NaN"`, `"Infinity"`).
 *
 * @param name - what it is, for example `"RSA with pixels"`.
 * @param value - a number, text, or plain object of these.
 * @param text - how to show it; default: name and value.
 *
 * @example
 * import { report } from "tsrsa";
 * report("peak of pixels", { timeS: 0.0951, score: 0.16432 });
 */
export function report(name: string, value: unknown, text = `${name}: ${valueText(value)}`): void {
  textKind(name, "name");
  const hook = displayHook();
  if (hook === undefined) console.log(text);
  else hook.display({ [resultMime]: { name, value: recorded(value) }, "text/plain": text });
}

/** JSON knows no NaN and no infinity, and would say null: a record says them in words. */
function recorded(value: unknown): unknown {
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (Array.isArray(value)) return value.map(recorded);
  if (!isRecord(value) || "toJSON" in value) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, recorded(part)]));
}
