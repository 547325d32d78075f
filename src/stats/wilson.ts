import { InvalidArgument } from "../core/errors.ts";
import { proper, whole } from "../core/gate/kinds.ts";
import { normalThreshold } from "./normal-quantile.ts";

/**
 * Wilson's interval of a share that was counted: how often a test rejected in so many sets, for example. It stays between
 * 0 and 1, and is no point where nothing or everything was counted.
 *
 * @param level - Default 0.95.
 * @throws InvalidArgument for more successes than trials.
 * @example
 * import { wilsonInterval } from "tsrsa";
 * wilsonInterval(50, 1000).map((share) => Number(share.toFixed(4))); // [ 0.0381, 0.0653 ]
 */
export function wilsonInterval(
  successes: number,
  trials: number,
  level = 0.95,
): readonly [number, number] {
  whole(1)(trials, "trials");
  whole(0)(successes, "successes");
  proper(level, "level");
  if (successes > trials)
    throw new InvalidArgument("successes", successes, `give at most the ${trials} trials`);
  const z = normalThreshold((1 - level) / 2);
  const share = successes / trials;
  const middle = share + z ** 2 / (2 * trials);
  const half = z * Math.sqrt((share * (1 - share)) / trials + z ** 2 / (4 * trials ** 2));
  const scale = 1 + z ** 2 / trials;
  // At the ends rounding would leave a bound beside them.
  const lower = successes === 0 ? 0 : Math.max(0, (middle - half) / scale);
  const upper = successes === trials ? 1 : Math.min(1, (middle + half) / scale);
  return [lower, upper];
}
