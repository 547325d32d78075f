import { InvalidArgument } from "../../core/errors.ts";
import { isRecord, kind, numbers, type Kind } from "../../core/gate/kinds.ts";
import { random } from "../../core/random.ts";
import type { BootstrapDraw, Resampled } from "./eval-parts.ts";
import type { EvalProblem } from "./problem.ts";

/** What is drawn anew in each sample; `dual`: each of the others in turn, put together. */
export type Resampling = Resampled | "dual";

/** What there is to draw from. */
type DrawnProblem = Pick<EvalProblem, "groups" | "shape">;

const FEWEST_ITEMS = 3;

const positions = kind(
  "positions as { items: [0, 0, 2] }, { rdms: [1, 1] } or both",
  (value) =>
    isRecord(value) &&
    Object.keys(value).length > 0 &&
    Object.keys(value).every((name) => name === "items" || name === "rdms"),
);

/** A draw of the user's own. */
export const drawKind: Kind = (value, argument) => {
  positions(value, argument);
  for (const [name, entry] of Object.entries(value as BootstrapDraw))
    if (entry !== undefined) numbers(entry, `${argument}.${name}`);
};

/** Throws `InvalidArgument` when there is too little to draw from. */
export function checkEnough({ groups, shape }: DrawnProblem, resampling: Resampling): void {
  if (!["items", "rdms", "both", "dual"].includes(resampling))
    throw new InvalidArgument("resample", resampling, "choose items, rdms, both or dual");
  if (resampling !== "items" && groups.count < 2)
    throw new InvalidArgument(
      "data",
      groups.of.length === 1 ? "1 RDM" : "RDMs of one group",
      'there is none to draw in its place; resample the items with resample: "items", or give one RDM for each subject',
    );
  if (resampling !== "rdms" && shape.nItems < FEWEST_ITEMS + 1)
    throw new InvalidArgument(
      "items",
      shape.nItems,
      "too few to draw from; a bootstrap over items wants ten or more",
    );
}

/** Draws by lot, with replacement. The same seed draws the same. Throws `InvalidArgument`. */
export function drawSamples(
  { groups, shape }: DrawnProblem,
  resampling: Resampling,
  samples: number,
  seed: number,
): BootstrapDraw[] {
  const { integer } = random(seed);
  const draw = (n: number): Int32Array => Int32Array.from({ length: n }, () => integer(n));
  return Array.from({ length: samples }, () => ({
    rdms: resampling === "items" ? undefined : draw(groups.count),
    items: resampling === "rdms" ? undefined : draw(shape.nItems),
  }));
}

/** Draws that a user gave, of which there must be some. Throws `InvalidArgument`. */
export function checkDraws(
  draws: readonly BootstrapDraw[] | undefined,
): readonly BootstrapDraw[] | undefined {
  if (draws?.length !== 0) return draws;
  throw new InvalidArgument("draws", "none", "give at least one sample, or leave draws out");
}

/** How often each of `n` was drawn; each once without a draw. Throws `InvalidArgument` for what is no position. */
export function timesDrawn(
  positions: ArrayLike<number> | undefined,
  n: number,
  what: string,
): Float64Array {
  const times = new Float64Array(n).fill(positions === undefined ? 1 : 0);
  for (const position of Array.from(positions ?? [])) {
    if (!(Number.isInteger(position) && position >= 0 && position < n))
      throw new InvalidArgument(`draw of ${what}`, position, `give positions from 0 to ${n - 1}`);
    times[position]++;
  }
  return times;
}
