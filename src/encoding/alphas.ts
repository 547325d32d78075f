import { InvalidArgument } from "../core/errors.ts";
import { isList, toVector } from "../core/gate/vector.ts";

/** One penalty or several as a list, checked. Throws `InvalidArgument`. */
export function alphaList(alpha: unknown, name = "alpha"): number[] {
  if (typeof alpha !== "number" && !isList(alpha))
    throw new InvalidArgument(name, alpha, meantBy(alpha, name));
  const list = typeof alpha === "number" ? [alpha] : Array.from(toVector(alpha, name));
  checkAlphas(list, name);
  return list;
}

function meantBy(alpha: unknown, name: string): string {
  if (typeof alpha === "object" && alpha !== null)
    return "the penalty itself belongs here, a number such as 10, and options after it";
  return `give a penalty as a number, or a list of them, as { ${name}: [1, 10, 100] }`;
}

/** Throws `InvalidArgument` unless every penalty is finite and 0 or more. */
function checkAlphas(alphas: readonly number[], name: string): void {
  if (alphas.length === 0)
    throw new InvalidArgument(name, "an empty list", "give a penalty or more");
  for (let i = 0; i < alphas.length; i++) {
    if (alphas[i] >= 0 && Number.isFinite(alphas[i])) continue;
    throw new InvalidArgument(
      name,
      alphas[i],
      "give penalties above 0 (0 is ordinary least squares); features are not scaled by the number of rows",
    );
  }
}

/** Why a fit has no unique solution, and what to do. */
export function collinear(alpha: number): InvalidArgument {
  return new InvalidArgument(
    "alpha",
    alpha,
    "features are collinear in some training rows (constant, repeated, or more than rows) and the penalty is too small " +
      "to choose among equal fits; give a larger one, or drop features",
  );
}

/** Targets by penalty, the smallest first. */
export function targetsByAlpha(alphas: Float64Array): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (const alpha of [...new Set(alphas)].sort((a, b) => a - b)) groups.set(alpha, []);
  alphas.forEach((alpha, target) => groups.get(alpha)?.push(target));
  return groups;
}
