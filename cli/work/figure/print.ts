import type { Comparison, PublishedFigure, Reproduced } from "./published.ts";
import { verdictOf } from "./published.ts";

/** What a figure was made from. */
export type Kind = "real" | "demo";

/** Published, reference and computed numbers side by side, as lines of text. */
export function asText(
  { title, citation, note }: PublishedFigure,
  { comparisons }: Reproduced,
  kind: Kind,
): string {
  const rows = [
    ["", "published", "reference", "computed", ""],
    ...comparisons.map((comparison) => row(comparison, kind)),
  ];
  const widths = [0, 1, 2, 3].map((at) => Math.max(...rows.map((cells) => cells[at].length)));
  const lines = rows.map(([what, ...numbers]) => {
    const verdict = numbers.pop() ?? "";
    const cells = numbers.map((number, at) => number.padStart(widths[at + 1]));
    return [what.padEnd(widths[0]), ...cells, verdict].join("  ").trimEnd();
  });
  const demo =
    kind === "demo"
      ? ["\nThese are demo data, no measurement: their numbers are compared with none."]
      : [];
  return [title, citation, "", ...lines, ...(note === undefined ? [] : ["", note]), ...demo].join(
    "\n",
  );
}

function row(comparison: Comparison, kind: Kind): string[] {
  const { what, from, missing, expected = "none" } = comparison;
  const shown = kind === "demo" ? "not compared" : expected;
  return [
    what,
    from === undefined ? shown : "",
    from === undefined ? "" : shown,
    digits(comparison),
    `${words(comparison, kind)}${from === undefined ? "" : ` (${from})`}${missing === undefined ? "" : `: ${missing}`}`,
  ];
}

function words(comparison: Comparison, kind: Kind): string {
  const verdict = verdictOf(comparison, kind);
  if (verdict === "differs") return "DIFFERS";
  return verdict === "not compared" ? "" : verdict;
}

/** Two digits more than are printed there, so that one sees how near it is. */
function digits({ expected, computed }: Comparison): string {
  if (computed === undefined) return "–";
  if (expected === undefined) return String(Number(computed.toPrecision(4)));
  if (/^\d+$/.test(expected) && Number.isInteger(computed)) return String(computed);
  const decimals = expected.split(".")[1]?.length ?? 0;
  return decimals > 12 ? String(computed) : computed.toFixed(decimals + 2);
}

/** The same for machines. */
export function asJson(
  { name, title, citation, note }: PublishedFigure,
  { comparisons }: Reproduced,
  kind: Kind,
  files: readonly string[],
) {
  const verdicts = comparisons.map((comparison) => verdictOf(comparison, kind));
  return {
    ...{ name, title, citation, note, data: kind },
    agrees: kind === "real" && !verdicts.includes("differs") && verdicts.includes("agrees"),
    comparisons: comparisons.map(({ what, from, expected, computed, missing }, at) => {
      const number = expected === undefined || kind === "demo" ? null : Number(expected);
      return {
        what,
        published: from === undefined ? number : null,
        reference: from === undefined ? null : number,
        computed: computed ?? null,
        from: from ?? "published",
        agrees: verdicts[at] === "agrees",
        verdict: verdicts[at],
        missing,
      };
    }),
    files,
  };
}
