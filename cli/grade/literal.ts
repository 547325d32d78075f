/** What a check hands over of an answer, besides numbers, words and yes or no. */
interface RdmAnswer {
  readonly rdm: {
    readonly items: readonly string[] | null;
    readonly condensed: readonly (number | null)[];
  };
}

/**
 * An answer that a learner's process reports, as code that holds nothing but numbers and words; undefined for what
 * cannot be written so. Nothing else of that process reaches the one that judges.
 */
export function literalOf(answer: unknown): string | undefined {
  if (typeof answer === "number") return Number.isNaN(answer) ? "NaN" : String(answer);
  if (typeof answer === "string" || typeof answer === "boolean") return JSON.stringify(answer);
  if (isNumbers(answer)) return numbers(answer);
  if (!isRdm(answer)) return undefined;
  const { items, condensed } = answer.rdm;
  const named = items === null ? "" : `, { items: ${JSON.stringify(items)} }`;
  return `new (await import("tsrsa")).Rdm(${numbers(condensed)}${named})`;
}

function numbers(values: readonly (number | null)[]): string {
  return `[${values.map((value) => (value === null ? "NaN" : String(value))).join(", ")}]`;
}

function isNumbers(value: unknown): value is readonly (number | null)[] {
  return Array.isArray(value) && value.every((one) => one === null || typeof one === "number");
}

function isRdm(value: unknown): value is RdmAnswer {
  const rdm: unknown = (value as { rdm?: unknown } | null)?.rdm;
  if (typeof rdm !== "object" || rdm === null) return false;
  const { items, condensed } = rdm as { items?: unknown; condensed?: unknown };
  const isNamed =
    items === null || (Array.isArray(items) && items.every((item) => typeof item === "string"));
  return isNamed && isNumbers(condensed);
}
