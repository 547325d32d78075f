import { isRecord } from "../../core/gate/kinds.ts";

/** An object as JSON has it. */
export type Json = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Json {
  return isRecord(value) && !Array.isArray(value);
}
