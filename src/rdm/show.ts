import { sample } from "../core/errors.ts";
import { formatCell } from "../table/format-table.ts";

/** What of an RDM is told. */
interface Described {
  readonly name?: string;
  readonly metric?: string;
  readonly nItems: number;
  readonly items?: readonly string[];
  readonly condensed: Float64Array;
  readonly meta: object;
}

/** What an RDM says of itself in text: metric, items, range. */
export function rdmText(rdm: Described): string {
  const known = rdm.condensed.filter((value) => !Number.isNaN(value));
  const title = [rdm.name, rdm.metric].filter((part) => part !== undefined).join(", ");
  const meta = Object.entries(rdm.meta).map(([key, value]) => `${key}: ${value}`);
  return [
    `Rdm${title && ` (${title})`}: ${rdm.nItems} items${labels(rdm)}, ${rdm.condensed.length} pairs`,
    known.length === 0
      ? "no values"
      : `values ${formatCell(least(known))} to ${formatCell(most(known))}`,
    ...missing(rdm.condensed.length - known.length),
    ...meta,
  ].join("; ");
}

function labels({ items }: Described): string {
  return items === undefined ? " without labels" : ` (${sample(items, 3)})`;
}

function missing(count: number): string[] {
  return count === 0 ? [] : [`${count} NaN`];
}

function least(values: Float64Array): number {
  return values.reduce((a, b) => Math.min(a, b), Infinity);
}

function most(values: Float64Array): number {
  return values.reduce((a, b) => Math.max(a, b), -Infinity);
}
