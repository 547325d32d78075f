import type { BlockInputs } from "../../engine/block-work.ts";
import type { BootstrapDraw } from "./eval-parts.ts";
import { listsOf } from "./stacked.ts";

/** What samples drew, as arrays. */
export function drawArrays(draws: readonly BootstrapDraw[]): BlockInputs {
  return { ...arraysOf(draws, "items"), ...arraysOf(draws, "rdms") };
}

/** Positions drawn, sample behind sample; nothing where nothing is drawn. */
function arraysOf(draws: readonly BootstrapDraw[], what: keyof BootstrapDraw): BlockInputs {
  if (draws.every((draw) => draw[what] === undefined)) return {};
  const { all, starts } = listsOf(draws.map((draw) => draw[what] ?? []));
  // A sample that draws nothing is another than one that draws none.
  const given = Uint8Array.from(draws, (draw) => (draw[what] === undefined ? 0 : 1));
  return { [what]: all, [`${what}Starts`]: starts, [`${what}Given`]: given };
}

/** What a sample drew. */
export function drawAt(inputs: BlockInputs, sample: number): BootstrapDraw {
  const of = (what: keyof BootstrapDraw): Float64Array | undefined => {
    if (inputs[what] === undefined || inputs[`${what}Given`][sample] === 0) return undefined;
    const starts = inputs[`${what}Starts`];
    return (inputs[what] as Float64Array).subarray(starts[sample], starts[sample + 1]);
  };
  return { items: of("items"), rdms: of("rdms") };
}
