/**
 * What to do about two labels that look the same and are not, as `é` written as one character or as two; undefined when
 * there are none. Shows their code points.
 */
export function lookAlike(
  missing: readonly string[],
  extra: readonly string[],
): string | undefined {
  const byLook = new Map(missing.map((label) => [look(label), label]));
  const found = extra.find((label) => byLook.has(look(label)));
  if (found === undefined) return undefined;
  const wanted = byLook.get(look(found)) ?? "";
  const pair = `${JSON.stringify(wanted)} (${codePoints(wanted)}) and ${JSON.stringify(found)} (${codePoints(found)})`;
  return `${pair} look the same and are not; give all labels one form: labels.map((label) => label.normalize("NFKC"))`;
}

/** Compatibility characters, such as a space that does not break, look like the plain ones. */
function look(label: string): string {
  return label.normalize("NFKC");
}

/** The code points of the first letters of a label. */
function codePoints(label: string): string {
  const codes = Array.from(label, (letter) => letter.codePointAt(0) ?? 0);
  const shown = codes
    .slice(0, 16)
    .map((code) => `U+${code.toString(16).toUpperCase().padStart(4, "0")}`);
  return `${shown.join(" ")}${codes.length > shown.length ? " …" : ""}`;
}
