import { inspect } from "node:util";

const told = new Set(["name", "message", "stack", "cause", "errors"]);
const mostFields = 20;

/** A field of whatever was thrown; undefined where reading it fails. */
export function fieldOf(error: object, name: string): unknown {
  try {
    return (error as Record<string, unknown>)[name];
  } catch {
    return undefined;
  }
}

/** A value as text, whatever it does when it is looked at. */
export function shown(value: unknown): string {
  try {
    return typeof value === "string" ? value : inspect(value);
  } catch {
    return "a value that cannot be shown";
  }
}

/** The fields of an error beyond the usual, such as `code`, one a line; getters are not run. */
export function ownFields(error: object): string[] {
  try {
    return Object.entries(Object.getOwnPropertyDescriptors(error))
      .filter(([name, field]) => field.enumerable && "value" in field && !told.has(name))
      .slice(0, mostFields)
      .flatMap(([name, { value }]) => `${name}: ${inspect(value, { depth: 1 })}`.split("\n"));
  } catch {
    return [];
  }
}
