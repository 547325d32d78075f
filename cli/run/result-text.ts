/** A named result in a line: numbers with six digits, objects as `name = value, …`. */
export function resultText(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return numberText(value);
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return JSON.stringify(value);
  return Object.entries(value)
    .map(([name, part]) => `${name} = ${resultText(part)}`)
    .join(", ");
}

function numberText(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
}
