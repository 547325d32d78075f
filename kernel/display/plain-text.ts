import { inspect } from "node:util";
import { describeNumbers, isNumbers } from "./numbers.ts";

/** A value as text: typed arrays in one line, errors without the kernel's own calls, long things cut. */
export function plainText(value: unknown): string {
  try {
    if (isNumbers(value)) return describeNumbers(value);
    if (value instanceof Error) return withoutKernel(inspect(value, options));
    return inspect(value, options);
  } catch (error) {
    if (isRevoked(error)) return "<Revoked Proxy>";
    return `<a value that cannot be shown: ${reason(error)}>`;
  }
}

const options = { depth: 4, maxArrayLength: 50, maxStringLength: 10_000, breakLength: 80 };

function isRevoked(error: unknown): boolean {
  return error instanceof TypeError && /on a proxy that has been revoked$/.test(error.message);
}

function reason(error: unknown): string {
  try {
    return error instanceof Error ? error.message : String(error);
  } catch {
    return "it says no reason";
  }
}

/** The calls below the cell are the kernel's and Node's. */
function withoutKernel(text: string): string {
  const isKernel =
    /^\s+at .*(\(|file:\/\/|\s)[^()]*[\\/](kernel[\\/]executor[\\/]|node:)|^\s+at .*\(?node:/;
  return text
    .split("\n")
    .filter((line) => !isKernel.test(line))
    .join("\n");
}
