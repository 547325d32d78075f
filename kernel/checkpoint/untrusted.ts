import { CheckpointError } from "./nodes.ts";

/** Checks of what a file says, which anybody may have written. Each throws `CheckpointError`. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : refuse("a text", value);
}

export function numberOf(value: unknown): number {
  return typeof value === "number" ? value : refuse("a number", value);
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : refuse("a list", value);
}

export function dataOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : refuse("an object", value);
}

/** Names with what stands under them. */
export function fieldsOf(value: unknown): readonly (readonly [string, unknown])[] {
  return listOf(value).map((entry) => {
    const [name, ref] = listOf(entry);
    return [textOf(name), ref];
  });
}

/** True for a reference to a node. */
export function isNode(ref: unknown): ref is readonly ["node", unknown] {
  return Array.isArray(ref) && ref[0] === "node";
}

function refuse(wanted: string, found: unknown): never {
  const kind = found === null ? "null" : Array.isArray(found) ? "a list" : typeof found;
  throw new CheckpointError(`where ${wanted} should stand there is ${kind}`);
}
