import type { Kept } from "../../checkpoint/checkpoint.ts";

/** What became of the names: how many there are, and those left out by the reason. */
export function keptInWords(done: string, { names, left }: Kept, where: string): string {
  const count = `${names.length} ${names.length === 1 ? "name" : "names"} ${done} ${where}\n`;
  const byReason = new Map<string, string[]>();
  for (const [name, reason] of left) byReason.set(reason, [...(byReason.get(reason) ?? []), name]);
  const lines = [...byReason].map(
    ([reason, all]) => `not ${done}: ${all.join(", ")} (${reason})\n`,
  );
  return count + lines.join("");
}
