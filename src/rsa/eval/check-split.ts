import { InvalidArgument } from "../../core/errors.ts";
import type { BootstrapDraw } from "./eval-parts.ts";

/** How many different items, or data RDMs, an option needs in a sample to split it. */
export interface SplitNeed {
  readonly of: "items" | "rdms";
  readonly argument: string;
  readonly value: number;
  readonly least: number;
}

/** Throws `InvalidArgument` where no sample could be split, for the option that needs more than any sample has. */
export function refuseNoneSplit(
  needs: readonly SplitNeed[],
  draws: readonly BootstrapDraw[],
): never {
  const most = (of: SplitNeed["of"]): number =>
    Math.max(...draws.map((draw) => different(draw[of])));
  const { of, argument, value, least } = needs.find((one) => most(one.of) < one.least) ?? needs[0];
  throw new InvalidArgument(
    argument,
    value,
    `it needs ${least} different ${of === "items" ? "items" : "data RDMs"} in a sample, and none of ${draws.length} has as many; give less (a bootstrap draws about 63 % of all), or 0 for test sets and 1 for parts, which do not split`,
  );
}

function different(drawn: ArrayLike<number> | undefined): number {
  return drawn === undefined ? Infinity : new Set(Array.from(drawn)).size;
}
