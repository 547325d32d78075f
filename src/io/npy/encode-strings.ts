import { InvalidArgument } from "../../core/errors.ts";

/** Strings as numpy's `<U`: UCS-4, padded with NUL to the longest. */
export function encodeStrings(values: readonly string[]): { dtype: string; data: Uint8Array } {
  const codes = values.map(codePoints);
  const width = codes.reduce((most, code) => Math.max(most, code.length), 1);
  const data = new DataView(new ArrayBuffer(values.length * width * 4));
  codes.forEach((points, i) =>
    points.forEach((point, j) => data.setUint32((i * width + j) * 4, point, true)),
  );
  return { dtype: `<U${width}`, data: new Uint8Array(data.buffer) };
}

function codePoints(value: string): number[] {
  const points = Array.from(value, (character) => character.codePointAt(0) ?? 0);
  // numpy pads with NUL, so one at the end would be lost; half a surrogate pair is no character.
  if (points.at(-1) === 0 || points.some((point) => point >= 0xd800 && point <= 0xdfff))
    throw new InvalidArgument(
      "text",
      value,
      "it has a character that numpy cannot keep; remove it",
    );
  return points;
}
