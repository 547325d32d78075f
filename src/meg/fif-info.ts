import { nameChannel } from "../io/fif/channels.ts";
import type { FifChannel, FifInfo } from "../io/fif/types.ts";
import type { Channel, RecordingInfo } from "./channel.ts";

/** What the analyses need to know of a recording, from what a FIF file says. */
export function toRecordingInfo(info: FifInfo): RecordingInfo {
  return {
    channels: info.channels.map((fif) => ({
      name: fif.name,
      type: fif.type,
      position: [fif.loc[0], fif.loc[1], fif.loc[2]],
      fif,
    })),
    sfreqHz: info.sfreq,
    bads: info.bads,
    highpassHz: info.highpass,
    lowpassHz: info.lowpass,
    fif: info,
  };
}

/** What a FIF file says of a recording; what did not come from such a file gets the format's usual values. */
export function toFifInfo(info: RecordingInfo): FifInfo {
  return {
    measDate: undefined,
    lineFreq: undefined,
    description: undefined,
    projections: [],
    devHeadTrans: undefined,
    digitization: [],
    customReference: 0,
    ...info.fif,
    channels: info.channels.map(toFifChannel),
    sfreq: info.sfreqHz,
    highpass: info.highpassHz,
    lowpass: info.lowpassHz,
    bads: info.bads,
  };
}

/** Codes of the FIF standard: kind of channel, unit, coil, coordinate frame. */
const codes: Readonly<
  Record<string, { kind: number; unitCode: number; coilType: number; coordFrame: number }>
> = {
  mag: { kind: 1, unitCode: 112, coilType: 3024, coordFrame: 1 },
  grad: { kind: 1, unitCode: 201, coilType: 3012, coordFrame: 1 },
  eeg: { kind: 2, unitCode: 107, coilType: 1, coordFrame: 4 },
  stim: { kind: 3, unitCode: 107, coilType: 0, coordFrame: 0 },
  eog: { kind: 202, unitCode: 107, coilType: 0, coordFrame: 0 },
  ecg: { kind: 402, unitCode: 107, coilType: 0, coordFrame: 0 },
  misc: { kind: 502, unitCode: -1, coilType: 0, coordFrame: 0 },
};

function toFifChannel(channel: Channel, at: number): FifChannel {
  if (channel.fif !== undefined) return { ...channel.fif, name: channel.name };
  const loc = new Float64Array(12).fill(NaN);
  loc.set(channel.position);
  const raw = {
    name: channel.name,
    scanNumber: at + 1,
    logicalNumber: at + 1,
    unitMul: 0,
    cal: 1,
    range: 1,
    loc,
  };
  return nameChannel({ ...raw, ...(codes[channel.type] ?? codes.misc) });
}
