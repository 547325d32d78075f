import { formatFixed, formatNumber } from "../text/format-number.ts";

/** Where an axis is marked, and what is written there. */
export interface Tick {
  readonly value: number;
  readonly label: string;
}

/** About `count` round values between two others, both included when round. */
export function ticks(low: number, high: number, count: number): Tick[] {
  if (!(high > low) || count < 1) return [{ value: low, label: formatNumber(low) }];
  const step = roundStep((high - low) / count);
  const [from, to] = [Math.ceil(low / step - 1e-9), Math.floor(high / step + 1e-9)];
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const small = decimals > 4 || Math.max(Math.abs(low), Math.abs(high)) >= 1e6;
  return Array.from({ length: Math.max(0, to - from) + 1 }, (_, i) => {
    const value = (from + i) * step;
    return { value, label: small ? formatNumber(value) : formatFixed(value, decimals) };
  });
}

function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const error = rough / power;
  return power * (error >= 7.07 ? 10 : error >= 3.16 ? 5 : error >= 1.42 ? 2 : 1);
}
