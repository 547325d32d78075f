import { text } from "../../core/gate/kinds.ts";
import { InvalidArgument } from "../../core/errors.ts";

/**
 * A name as the label of a BIDS file, letters and digits alone: `my model` becomes `myModel`. Throws `InvalidArgument`
 * for a name without any.
 *
 * @example
 * import { bidsLabel } from "tsrsa";
 * bidsLabel("face − house, v2"); // "faceHouseV2"
 */
export function bidsLabel(name: string): string {
  text(name, "name");
  const words =
    name
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .match(/[a-zA-Z0-9]+/g) ?? [];
  if (words.length === 0)
    throw new InvalidArgument("name", name, "a label of BIDS is letters a to z and digits");
  return words
    .map((word, at) => (at === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join("");
}

/** Labels of several names. Throws `InvalidArgument` where two names become one label. */
export function bidsLabels(names: readonly string[]): string[] {
  const labels = names.map(bidsLabel);
  labels.forEach((label, at) => {
    const other = labels.indexOf(label);
    if (other === at) return;
    throw new InvalidArgument(
      "names",
      `${names[other]} and ${names[at]}`,
      `both become the label ${label}; rename one of them`,
    );
  });
  return labels;
}
