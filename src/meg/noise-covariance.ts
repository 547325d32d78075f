import { largestOf } from "../core/extremes.ts";
import { InvalidArgument, ItemMismatch } from "../core/errors.ts";
import { symmetricEigen, symmetricEigenvalues } from "../linalg/symmetric-eigen.ts";
import type { RecordingInfo } from "./channel.ts";

/** How the noise of the channels varies together, in squared physical units. */
export interface NoiseCovariance {
  readonly channels: readonly string[];
  /** nChannels × nChannels, C order. */
  readonly matrix: Float64Array;
}

/**
 * The whitener W of some channels: noise that is multiplied by W has unit variance and no correlations. nPicks × nPicks.
 * MEG channels are whitened together, others apart. Directions without noise (after projections, for example) are left
 * out, as in `mne.cov.compute_whitener`. `diagonal` uses the variances alone.
 *
 * @throws ItemMismatch naming picked channels that the covariance lacks.
 */
export function whitener(
  info: RecordingInfo,
  picks: readonly number[],
  noise: NoiseCovariance,
  diagonal: boolean,
): Float64Array {
  const n = picks.length;
  const at = covariancePositions(info, picks, noise);
  const covariance = (i: number, j: number): number =>
    noise.matrix[at[i] * noise.channels.length + at[j]];
  const whiten = new Float64Array(n * n);
  for (const group of whitenedTogether(info, picks)) {
    const root = diagonal
      ? inverseSds(group, covariance)
      : inverseRoot(group, covariance, scalesOf(info, picks, group));
    group.forEach((i, a) =>
      group.forEach((j, b) => (whiten[i * n + j] = root[a * group.length + b])),
    );
  }
  return whiten;
}

function covariancePositions(
  info: RecordingInfo,
  picks: readonly number[],
  noise: NoiseCovariance,
): number[] {
  const position = new Map(noise.channels.map((name, at) => [name, at]));
  const names = picks.map((pick) => info.channels[pick].name);
  const missing = names.filter((name) => !position.has(name));
  if (missing.length > 0)
    throw new ItemMismatch(
      missing,
      [],
      "the noise covariance must cover every picked channel; pick fewer, or compute it again",
    );
  return names.map((name) => position.get(name) ?? 0);
}

function whitenedTogether(info: RecordingInfo, picks: readonly number[]): number[][] {
  const groups = new Map<string, number[]>();
  picks.forEach((pick, i) => {
    const { type } = info.channels[pick];
    const key = type === "mag" || type === "grad" ? "meg" : type;
    groups.set(key, [...(groups.get(key) ?? []), i]);
  });
  return [...groups.values()];
}

type Entry = (i: number, j: number) => number;

function inverseSds(group: readonly number[], covariance: Entry): Float64Array {
  const n = group.length;
  const root = new Float64Array(n * n);
  group.forEach((i, a) => {
    if (!(covariance(i, i) > 0))
      throw new InvalidArgument(
        "noise covariance",
        covariance(i, i),
        "every channel needs a positive variance",
      );
    root[a * n + a] = 1 / Math.sqrt(covariance(i, i));
  });
  return root;
}

/** V · diag(1/√s) · Vᵀ over the directions that have noise. */
function inverseRoot(
  group: readonly number[],
  covariance: Entry,
  scales: readonly number[],
): Float64Array {
  const n = group.length;
  const scaled = (scale: (a: number) => number): Float64Array =>
    Float64Array.from({ length: n * n }, (_, at) => {
      const [a, b] = [Math.floor(at / n), at % n];
      return covariance(group[a], group[b]) * scale(a) * scale(b);
    });
  const { values, vectors } = symmetricEigen(
    scaled(() => 1),
    n,
  );
  const inOneUnit = scales.every((scale) => scale === scales[0]);
  const judged = inOneUnit ? values : symmetricEigenvalues(scaled((a) => scales[a]), n); // prettier-ignore
  const root = new Float64Array(n * n);
  for (const d of topDirections(values, rankOf(judged.map(Math.abs)))) {
    const v = vectors.subarray(d * n, (d + 1) * n);
    for (let a = 0, at = 0; a < n; a++) {
      const part = v[a] / Math.sqrt(Math.abs(values[d]));
      for (let b = 0; b < n; b++, at++) root[at] += part * v[b];
    }
  }
  return root;
}

/** Units brought to one scale before the rank is judged, as MNE does. */
function scalesOf(
  info: RecordingInfo,
  picks: readonly number[],
  group: readonly number[],
): number[] {
  const scale: Record<string, number> = { mag: 1e12, grad: 1e11, eeg: 1e5 };
  return group.map((i) => scale[info.channels[picks[i]].type] ?? 1);
}

function rankOf(values: Float64Array): number {
  const least = largestOf(values) * values.length * Number.EPSILON;
  return values.filter((value) => value > least).length;
}

function topDirections(values: Float64Array, rank: number): number[] {
  return Array.from(values.keys())
    .sort((a, b) => Math.abs(values[b]) - Math.abs(values[a]))
    .slice(0, rank);
}
