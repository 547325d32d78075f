/** Units that a name may end in, as in `timeS` and `radiusMm`. */
const units: Readonly<Record<string, string>> = { S: "s", Mm: "mm", Hz: "Hz", Px: "px", Mb: "MB" };

/**
 * A value in a line for people: numbers with four digits, lists in brackets, objects as `name value unit, …` with the
 * unit that the name ends in. The value itself stands in the record of the run.
 */
export function valueText(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return numberText(value);
  if (Array.isArray(value)) return `(${value.map(valueText).join(", ")})`;
  if (typeof value !== "object" || value === null) return String(value);
  return Object.entries(value)
    .map(([name, part]) => partText(name, part))
    .join(", ");
}

/** Four significant digits; whole numbers as they are. */
export function numberText(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return wholeText(value);
  const shown = Number(value.toPrecision(4));
  return (shown === value ? String(value) : roundedText(value, shown)).replace("-", "−");
}

function wholeText(value: number): string {
  const text = Math.abs(value) < 1e4 ? String(value) : value.toLocaleString("en-US");
  return text.replace("-", "−");
}

/** Zeros at the end stay where a number was rounded: 0.0630 says how far it is known. */
function roundedText(value: number, shown: number): string {
  if (!Number.isFinite(shown) || Math.abs(shown) < 1e-3) return String(shown);
  const before = Math.floor(Math.log10(Math.abs(shown))) + 1;
  return value.toFixed(Math.min(4, Math.max(0, 4 - Math.max(0, before))));
}

function partText(name: string, value: unknown): string {
  const [, stem = name, suffix = ""] = /^([a-z]\w*?)(S|Mm|Hz|Px|Mb)$/.exec(name) ?? [];
  const unit = units[suffix];
  return unit === undefined ? `${name} ${valueText(value)}` : `${stem} ${valueText(value)} ${unit}`;
}
