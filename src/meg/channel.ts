import type { FifChannel, FifInfo } from "../io/fif/types.ts";

/** What a sensor or other channel measures, by MNE's names: `mag`, `grad`, `eeg`, `eog`, `ecg`, `stim`, … */
export type ChannelType = string;

/** One channel of a recording. */
export interface Channel {
  readonly name: string;
  readonly type: ChannelType;
  /** Where it is, in metres: MEG in device coordinates, EEG in head coordinates. NaN or zeros when unknown. */
  readonly position: readonly [number, number, number];
  /** What the file says of it, when it came from a FIF file; kept so that writing loses nothing. */
  readonly fif?: FifChannel;
}

/** What the analyses need to know of a recording. Voltages are in V, magnetic fields in T, gradients in T/m. */
export interface RecordingInfo {
  readonly channels: readonly Channel[];
  readonly sfreqHz: number;
  /** Names of the channels marked bad. */
  readonly bads: readonly string[];
  readonly highpassHz?: number;
  readonly lowpassHz?: number;
  /** What the file says beside, when it came from a FIF file. */
  readonly fif?: FifInfo;
}

/** The same recording with some of its channels, in the order given. */
export function pickInfo(info: RecordingInfo, channels: ArrayLike<number>): RecordingInfo {
  const kept = Array.from(channels, (at) => info.channels[at]);
  const names = new Set(kept.map(({ name }) => name));
  return { ...info, channels: kept, bads: info.bads.filter((name) => names.has(name)) };
}
