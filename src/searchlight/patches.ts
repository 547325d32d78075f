import { InvalidArgument } from "../core/errors.ts";
import type { NeighboursOf } from "./neighbours.ts";

/** What of the data a searchlight looks at in one place. */
export interface Patch {
  /** Numbers of the series (channels, voxels) in the patch; undefined: all. */
  readonly series: Int32Array | undefined;
  /** First sample and the one after the last; undefined: all. */
  readonly samples: readonly [from: number, to: number] | undefined;
  /** The series in the centre (of given patches: the number of the patch); undefined without a spatial searchlight. */
  readonly centreSeries: number | undefined;
  /** The sample in the centre; undefined without a temporal searchlight. */
  readonly centreSample: number | undefined;
}

/** Which axes of the data are series and samples; undefined: there is none. Axis 0 is the items. */
export interface PatchAxes {
  readonly series?: number;
  readonly samples?: number;
}

/** Windows along time: their centres from … to (not included), and the radius in samples. */
export interface TimePlan {
  readonly from: number;
  readonly to: number;
  readonly radius: number;
  /** Samples from one centre to the next. Default: 1. */
  readonly step?: number;
}

/** How many windows there are. */
function nWindows({ from, to, step = 1 }: TimePlan): number {
  return Math.ceil((to - from) / step);
}

/** How the patches of one searchlight lie. */
export interface PatchPlan {
  readonly axes: PatchAxes;
  /** Number of series and samples, where there are axes for them. */
  readonly nSeries?: number;
  readonly nSamples?: number;
  /** Centres in space and the series around each; undefined without a spatial searchlight. */
  readonly space?: { readonly centres: Int32Array; readonly around: NeighboursOf };
  /** Centres in time; undefined without a temporal searchlight. */
  readonly time?: TimePlan;
  /** Series pooled into every patch when there is no spatial searchlight. Default: all. */
  readonly pooled?: Int32Array;
  /** Samples in every patch when there is no temporal searchlight. Default: all. */
  readonly window?: readonly [number, number];
}

/**
 * All patches of a searchlight, made one by one as they are asked for: series outer, time inner.
 *
 * @example
 * import { searchlightPatches } from "tsrsa";
 * const patches = searchlightPatches([6, 3, 9], { patches: [[0, 1], [2]], temporalRadius: 1 });
 * patches.shape; // [ 2, 7 ]
 */
export class SearchlightPatches implements Iterable<Patch> {
  /** Number of patches along space and time: none, one or two numbers, as the results are to be arranged. */
  readonly shape: readonly number[];
  /** Number of patches. */
  readonly length: number;
  readonly plan: PatchPlan;

  constructor(plan: PatchPlan) {
    this.plan = plan;
    this.shape = [
      ...(plan.space === undefined ? [] : [plan.space.centres.length]),
      ...(plan.time === undefined ? [] : [nWindows(plan.time)]),
    ];
    this.length = this.shape.reduce((product, n) => product * n, 1);
    Object.freeze(this);
  }

  /** The patch at a position. Throws `InvalidArgument`. */
  at(position: number): Patch {
    if (!Number.isInteger(position) || position < 0 || position >= this.length)
      throw new InvalidArgument("position", position, `there are ${this.length} patches, from 0`);
    const nTimes = this.#nTimes();
    const place = Math.floor(position / nTimes);
    return { ...this.#inSpace(place), ...this.#inTime(position % nTimes) };
  }

  *[Symbol.iterator](): Iterator<Patch> {
    const nTimes = this.#nTimes();
    for (let place = 0; place * nTimes < this.length; place++) {
      const where = this.#inSpace(place);
      for (let time = 0; time < nTimes; time++) yield { ...where, ...this.#inTime(time) };
    }
  }

  #nTimes(): number {
    const { time } = this.plan;
    return time === undefined ? 1 : nWindows(time);
  }

  #inSpace(place: number): Pick<Patch, "series" | "centreSeries"> {
    const { space, pooled } = this.plan;
    if (space === undefined) return { series: pooled, centreSeries: undefined };
    const centre = space.centres[place];
    return { series: space.around(centre), centreSeries: centre };
  }

  #inTime(at: number): Pick<Patch, "samples" | "centreSample"> {
    const { time, window } = this.plan;
    if (time === undefined) return { samples: window, centreSample: undefined };
    const centre = time.from + at * (time.step ?? 1);
    return { samples: [centre - time.radius, centre + time.radius + 1], centreSample: centre };
  }
}
