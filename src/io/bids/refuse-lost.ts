import { InvalidArgument } from "../../core/errors.ts";
import { inOrder } from "./bids-tree.ts";
import type { BidsFile, BidsRunQuery } from "./types.ts";

const keys = { subject: "sub", session: "ses", task: "task", run: "run" } as const;

type Word = keyof typeof keys;

const words = Object.keys(keys) as Word[];

/**
 * Refuse to leave out what was asked for by name: a person or run without preprocessed data, or not in the space.
 *
 * @param files - of what was asked for, in all versions.
 * @param chosen - of these one version.
 */
export function refuseLost(
  files: readonly BidsFile[],
  chosen: readonly BidsFile[],
  query: BidsRunQuery,
): void {
  const asked = words.filter((word) => query[word] !== undefined);
  const kept = new Set(chosen.map((file) => scanOf(file, asked)));
  for (const subject of [query.subject ?? []].flat().map(bare))
    if (!files.some(({ entities }) => entities.sub === subject))
      throw new InvalidArgument("subject", subject, "there are no such runs of it; leave it out");
  const lost = files.filter((file) => !kept.has(scanOf(file, asked)));
  if (lost.length === 0) return;
  const scans = [...new Set(lost.map((file) => scanOf(file, asked)))].sort(inOrder);
  throw new InvalidArgument("query", scans.slice(0, 10).join(", "), wordsOf(lost));
}

function wordsOf(lost: readonly BidsFile[]): string {
  const others = [...new Set(lost.map(versionOf))].sort(inOrder).slice(0, 10);
  return `it is there only as ${others.join(", ")}; leave it out, or choose another space or pipeline`;
}

function versionOf({ pipeline, entities }: BidsFile): string {
  return entities.space === undefined ? pipeline : `${pipeline} in ${entities.space}`;
}

/** The scan as far as it was asked for: `sub-01 run-2`. */
function scanOf({ entities }: BidsFile, asked: readonly Word[]): string {
  return asked
    .map((word) => [keys[word], entities[keys[word]] ?? "none"])
    .map(([key, value]) => `${key}-${key === "run" && /^\d+$/.test(value) ? Number(value) : value}`)
    .join(" ");
}

function bare(subject: string): string {
  return subject.replace(/^sub-/, "");
}
