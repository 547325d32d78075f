import type { Json } from "../json.ts";
import { isObject, wordsOf } from "../json.ts";

/** A variable of the notebook as the table shows it. */
export interface Variable {
  readonly name: string;
  readonly type: string;
  readonly shape: string;
  /** Bytes, where they are known without counting. */
  readonly bytes: number | undefined;
  readonly preview: string;
}

/** Describes a value without changing it or walking through it: what it is, how large, and how it begins. */
const describe = `(name, value) => {
  const type = value === null ? "null" : typeof value !== "object" ? typeof value : (value.constructor?.name ?? "object");
  let shape = "", bytes, preview = "";
  const cut = (text) => (text.length > 60 ? text.slice(0, 60) + "…" : text);
  const number = (x) => (typeof x === "number" ? String(Number(x.toPrecision(6))) : String(x));
  if (value === null || typeof value !== "object") {
    if (typeof value === "function") preview = cut(String(value).split("\\n")[0]);
    else if (typeof value === "string") { shape = value.length + " characters"; bytes = 2 * value.length; preview = cut(JSON.stringify(value.slice(0, 80))); }
    else preview = cut(String(value));
  } else if (ArrayBuffer.isView(value)) {
    shape = String(value.length ?? value.byteLength); bytes = value.byteLength;
    if (value.length !== undefined) preview = cut([...value.subarray(0, 6)].map(number).join(", "));
  } else if (Array.isArray(value)) {
    shape = String(value.length);
    preview = cut(value.slice(0, 6).map((x) => (typeof x === "object" && x !== null ? (x.constructor?.name ?? "object") : typeof x === "string" ? JSON.stringify(x) : number(x))).join(", "));
  } else if (value instanceof Map || value instanceof Set) shape = String(value.size);
  else {
    const sizes = Array.isArray(value.shape) ? value.shape : undefined;
    if (sizes) shape = sizes.join(" × ");
    else if (typeof value.nItems === "number") shape = value.nItems + " items";
    else if (typeof value.nRows === "number") shape = value.nRows + " rows";
    const data = ArrayBuffer.isView(value.data) ? value.data : ArrayBuffer.isView(value.condensed) ? value.condensed : undefined;
    bytes = data?.byteLength;
    preview = data?.length !== undefined ? cut([...data.subarray(0, 6)].map(number).join(", ")) : cut(Object.keys(value).slice(0, 8).join(", "));
  }
  return { name, type, shape, bytes, preview };
}`;

/** An expression whose value, as JSON, describes these variables; one that cannot be looked at is left out. */
export function describeCode(names: readonly string[]): string {
  const entries = names.filter(isName).map((name) => {
    const look = `describe(${JSON.stringify(name)}, ${name})`;
    return `(() => { try { return typeof ${name} === "undefined" ? undefined : ${look}; } catch { return undefined; } })()`;
  });
  return `(() => {
    const describe = ${describe};
    const all = [${entries.join(", ")}].filter((found) => found !== undefined);
    return { [Symbol.for("Jupyter.display")]: () => ({ "application/json": all, "text/plain": "" }) };
  })()`;
}

/** The variables in the answer to `describeCode`. */
export function readVariables(value: Json | undefined): Variable[] {
  const data = isObject(value?.data) ? value.data["application/json"] : undefined;
  return (Array.isArray(data) ? data : []).filter(isObject).map((found) => ({
    name: String(found.name),
    type: String(found.type),
    shape: wordsOf(found.shape),
    bytes: typeof found.bytes === "number" ? found.bytes : undefined,
    preview: wordsOf(found.preview),
  }));
}

function isName(text: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(text);
}
