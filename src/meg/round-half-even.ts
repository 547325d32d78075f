/**
 * Round to the nearest integer, halves to the even one, as Python's `round` does; `Math.round` rounds halves up. MNE
 * turns seconds into samples this way, so 2.5 samples become 2.
 */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
