import { shownOption, traced, type Words } from "./blocks.ts";
import type { RunToReport } from "./run.ts";

type Draws = NonNullable<RunToReport["draws"]>;

/** So many seeds of one call have a row each; of more, as of a simulation in a loop, one row says how many. */
const MOST_SEEDS = 10;

/** A row for each kind of random draws: call, how often, options. */
export function drawRows(draws: Draws): Words[] {
  const groups = new Map<string, number[]>();
  draws.forEach(({ call, options }, at) => {
    const key = JSON.stringify([call, { ...options, seed: undefined }]);
    groups.set(key, [...(groups.get(key) ?? []), at]);
  });
  return [...groups.values()].flatMap((places) =>
    places.length > MOST_SEEDS
      ? [manySeeds(draws, places)]
      : places.map((at): Words => [
          draws[at].call,
          traced(draws[at].times, "draws", at, "times"),
          traced(draws[at].options, "draws", at, "options"),
        ]),
  );
}

function manySeeds(draws: Draws, places: readonly number[]): Words {
  const [first] = places;
  const seeds = places.map((at) => shownOption(draws[at].options["seed"]));
  const times = places.reduce((sum, at) => sum + draws[at].times, 0);
  const said = `${places.length} seeds: ${seeds[0]} to ${seeds[seeds.length - 1]}`;
  return [
    draws[first].call,
    traced(times, "draws"),
    traced({ ...draws[first].options, seed: said }, "draws"),
  ];
}
