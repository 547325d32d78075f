import { random as stream, type Random } from "../core/random.ts";
import { noteDraw } from "../core/run-record.ts";

export type { Random };

/**
 * A seeded generator (sfc32 of PractRand; the seed is spread by splitmix32). The record of a headless run (`run.json`)
 * has the seeds of all that were asked for.
 * Throws `InvalidArgument` for a seed that is not a finite number.
 *
 * @example
 * import { random } from "tsrsa";
 * random(7).next() === random(7).next(); // true
 */
export function random(seed: number): Random {
  const found = stream(seed);
  noteDraw("random", { seed });
  return found;
}
