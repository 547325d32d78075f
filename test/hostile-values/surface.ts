import * as data from "../../data-fetch/index.ts";
import * as tsrsa from "../../src/index.ts";
import * as io from "../../src/io/index.ts";
import * as plot from "../../src/plot/index.ts";

type Call = (...args: readonly unknown[]) => unknown;
type Maker = new (...args: readonly unknown[]) => object;

const exported = { ...data, ...plot, ...io, ...tsrsa } as Readonly<Record<string, unknown>>;
const functions = Object.entries(exported).filter(([, value]) => typeof value === "function");

/** Names of the exported functions and of the exported classes that are no errors. */
export const functionNames = functions.filter(([, value]) => !isClass(value)).map(([name]) => name);
export const classNames = functions
  .filter(
    ([, value]) =>
      isClass(value) && !((value as { prototype: unknown }).prototype instanceof Error),
  )
  .map(([name]) => name);

function isClass(value: unknown): boolean {
  return /^class\b/.test(Function.prototype.toString.call(value));
}

/** The function of that name, or the constructor for `new X`. */
export function callOf(name: string): Call {
  const found = exported[name.replace(/^new /, "")];
  if (!name.startsWith("new ")) return found as Call;
  return (...args) => new (found as Maker)(...args);
}

/** What a call gives, with the first of what it gives one by one, so that nothing is left unasked. */
export async function resultOf(call: () => unknown): Promise<unknown> {
  const value = await call();
  if (typeof value !== "object" || value === null) return value;
  if ("first" in value && typeof value.first === "function") return (value.first as Call)();
  if ("next" in value && "return" in value) return (value as AsyncIterator<unknown>).next();
  if ("close" in value && typeof value.close === "function") await (value.close as Call)();
  return value;
}
