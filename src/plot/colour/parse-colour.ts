import { InvalidArgument } from "../../core/errors.ts";

/** Red, green, blue, each 0 to 255, and possibly alpha, 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number, alpha?: number];

const NAMED: Readonly<Record<string, Rgb>> = {
  black: [0, 0, 0, 255],
  white: [255, 255, 255, 255],
  transparent: [0, 0, 0, 0],
};

/** The colour a text such as `#1f77b4` or `rgb(31, 119, 180)` means. Throws `InvalidArgument`. */
export function parseColour(text: string): readonly [number, number, number, number] {
  const [r, g, b, alpha = 255] =
    NAMED[text] ?? fromHex(text) ?? fromFunction(text) ?? unknown(text);
  return [r, g, b, alpha];
}

function fromHex(text: string): Rgb | undefined {
  const digits = /^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i.exec(text)?.[1];
  if (digits === undefined) return undefined;
  const long = digits.length > 4 ? digits : digits.replace(/./g, "$&$&");
  const [r, g, b, alpha = 255] = (long.match(/../g) ?? []).map((pair) => parseInt(pair, 16));
  return [r, g, b, alpha];
}

function fromFunction(text: string): Rgb | undefined {
  const inner = /^rgba?\(([^()]*)\)$/i.exec(text)?.[1];
  const numbers = inner?.split(/[\s,/]+/).map(Number) ?? [];
  if (numbers.length < 3 || numbers.length > 4 || numbers.some(Number.isNaN)) return undefined;
  const [r, g, b, alpha = 1] = numbers;
  return [Math.round(r), Math.round(g), Math.round(b), Math.round(alpha * 255)];
}

function unknown(text: string): never {
  throw new InvalidArgument("colour", text, "write it as #rrggbb or rgb(r, g, b)");
}
