import type { RecordingInfo } from "./channel.ts";

const units: Readonly<Record<string, string>> = { mag: "T", grad: "T/m" };

/**
 * What to know when sensors of different units go into one pattern without whitening: undefined when they do not. The
 * numbers are compared as they are, so the unit with the larger numbers decides.
 */
export function mixedUnits(info: RecordingInfo, picks: readonly number[]): string | undefined {
  const counts = new Map<string, number>();
  for (const pick of picks) {
    const { type } = info.channels[pick];
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  if (new Set([...counts.keys()].map((type) => units[type] ?? "V")).size < 2) return undefined;
  const parts = [...counts].map(([type, n]) => `${n} ${type} (${units[type] ?? "V"})`);
  return `${parts.join(" and ")} are put together in their own units, where the larger numbers decide; whiten with noiseCovariance, or pick one type`;
}
