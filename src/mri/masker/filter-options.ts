import { flag, notNegative, numbers, oneOf, positive } from "../../core/gate/kinds.ts";
import type { OptionNames } from "../../core/gate/options.ts";
import { InvalidArgument } from "../../core/errors.ts";
import { paddingOf, type Passband } from "./butterworth.ts";

const filters = ["butterworth", "cosine"] as const;

/** Which frequencies are kept, and which volumes count. */
export interface FilterOptions {
  /** Slower changes than this are taken out. Needs `tr`. Default: none. */
  readonly highPassHz?: number;
  /** Faster changes than this are taken out. Needs `tr`. Default: none. */
  readonly lowPassHz?: number;
  /** `butterworth` (default): order 5, forwards and backwards. `cosine`: slow cosines are regressed out; no low-pass. */
  readonly filter?: (typeof filters)[number];
  /** Seconds from volume to volume, for filters. */
  readonly tr?: number;
  /** Standardise confounds before they are regressed out. Default true; false keeps their mean, and the signal's goes with it. */
  readonly standardizeConfounds?: boolean;
}

/** Their names, for the check of options. */
export const filterNames: OptionNames<FilterOptions> = {
  highPassHz: notNegative,
  lowPassHz: positive,
  filter: oneOf(filters),
  tr: positive,
  standardizeConfounds: flag,
};

/** Which volumes of one run count. */
export interface SampleOptions {
  /** Numbers of the volumes that are kept, from 0, ascending. Default: all. */
  readonly sampleMask?: ArrayLike<number>;
  /** Before a Butterworth filter volumes that do not count are filled from their neighbours; at the ends too. Default true; false drops those. */
  readonly extrapolate?: boolean;
}

/** Their names, for the check of options. */
export const sampleNames: OptionNames<SampleOptions> = {
  sampleMask: numbers,
  extrapolate: flag,
};

/** A filter as it is applied; undefined: none. */
export type Filter =
  | {
      readonly kind: "cosine";
      readonly highPassHz: number;
      readonly tr: number;
    }
  | {
      readonly kind: "butterworth";
      readonly passband: Passband;
      readonly padding: number;
    };

/** The filter that options ask for. Throws `InvalidArgument` for one that cannot be. */
export function filterOf(options: FilterOptions, nVolumes: number): Filter | undefined {
  const { lowPassHz, filter = "butterworth", tr } = options;
  const highPassHz = options.highPassHz === 0 ? undefined : options.highPassHz;
  if (highPassHz === undefined && lowPassHz === undefined) return undefined;
  if (tr === undefined)
    throw new InvalidArgument("tr", undefined, "a filter needs the seconds from volume to volume");
  const nyquist = 1 / (2 * tr);
  for (const [name, hz] of [
    ["highPassHz", highPassHz],
    ["lowPassHz", lowPassHz],
  ] as const)
    if (hz !== undefined && hz >= nyquist)
      throw new InvalidArgument(
        name,
        hz,
        `volumes every ${tr} s hold nothing from ${nyquist} Hz on; give less`,
      );
  if (highPassHz !== undefined && lowPassHz !== undefined && highPassHz >= lowPassHz)
    throw new InvalidArgument("highPassHz", highPassHz, `give less than lowPassHz, ${lowPassHz}`);
  if (filter === "cosine") {
    if (lowPassHz !== undefined || highPassHz === undefined)
      throw new InvalidArgument(
        "lowPassHz",
        lowPassHz,
        'the filter "cosine" has no low-pass; say filter: "butterworth"',
      );
    return { kind: "cosine", highPassHz, tr };
  }
  const share = (hz: number | undefined): number | undefined =>
    hz === undefined ? undefined : hz / nyquist;
  const passband = { low: share(highPassHz), high: share(lowPassHz) };
  const padding = paddingOf(passband);
  if (nVolumes > padding) return { kind: "butterworth", passband, padding };
  throw new InvalidArgument(
    "filter",
    `butterworth for ${nVolumes} volumes`,
    `it needs more than ${padding}; filter: "cosine" takes slow changes out of short runs`,
  );
}

/** Numbers of the volumes that are kept. Throws `InvalidArgument`. */
export function keptOf(sampleMask: ArrayLike<number> | undefined, nVolumes: number): Int32Array {
  if (sampleMask === undefined) return Int32Array.from({ length: nVolumes }, (_, t) => t);
  const kept = Int32Array.from(sampleMask);
  if (kept.length === 0)
    throw new InvalidArgument("sampleMask", "no volume", "keep some volumes of the run");
  kept.forEach((volume, at) => {
    const inOrder = at === 0 || volume > kept[at - 1];
    if (volume === sampleMask[at] && volume >= 0 && volume < nVolumes && inOrder) return;
    throw new InvalidArgument(
      `sampleMask[${at}]`,
      sampleMask[at],
      `give numbers of volumes from 0 to ${nVolumes - 1}, ascending, each once`,
    );
  });
  return kept;
}
