import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import type { Rdm } from "../../rdm/rdm.ts";
import { refuseOtherItems } from "../rdms/same-items.ts";

/** RDMs of the same items over time. */
export interface Frames {
  readonly rdms: readonly Rdm[];
  readonly timesS: Float64Array;
  /** `0.100 s` */
  readonly names: readonly string[];
}

/** RDMs with their times. Throws `ItemMismatch`, `ShapeMismatch`, `InvalidArgument`. */
export function framesOf(rdms: readonly Rdm[], times: ArrayLike<number> | undefined): Frames {
  refuseOtherItems(rdms);
  refuseSensors(rdms);
  const timesS = Float64Array.from(times ?? rdms.map(timeOf));
  if (timesS.length !== rdms.length)
    throw new ShapeMismatch(`${rdms.length} times, one an RDM`, `${timesS.length}`);
  timesS.forEach((time, at) => {
    if (!Number.isFinite(time) || (at > 0 && time <= timesS[at - 1]))
      throw new InvalidArgument("timesS", time, `times must be finite and ascend (RDM ${at + 1})`);
  });
  return { rdms, timesS, names: Array.from(timesS, timeName) };
}

/** Time in seconds, to the millisecond. */
export function timeName(timeS: number): string {
  return `${timeS.toFixed(3).replace("-", "−")} s`;
}

/** At most so many of them, evenly apart, the first and the last among them. */
export function framesShown({ rdms: { length } }: Frames, most: number): number[] {
  const n = Math.min(most, length);
  if (n === 1) return [0];
  return Array.from({ length: n }, (_, at) => Math.round((at * (length - 1)) / (n - 1)));
}

function timeOf({ meta }: Rdm, at: number): number {
  const { timeS } = meta;
  if (typeof timeS === "number") return timeS;
  throw new InvalidArgument(
    "timesS",
    undefined,
    `RDM ${at + 1} does not say its time, as those of rdmEpochs do; give one time an RDM`,
  );
}

function refuseSensors(rdms: readonly Rdm[]): void {
  const places = new Set(rdms.map(({ meta }) => meta["channel"]));
  if (places.size > 1)
    throw new InvalidArgument(
      "rdms",
      `RDMs of ${places.size} sensors`,
      "show one: rdms.filter((rdm) => rdm.meta.channel === …); plotRdmsTopo shows all at one time",
    );
}
