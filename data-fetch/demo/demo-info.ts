import type { FifChannel, FifInfo } from "../../src/io/fif/index.ts";

/** What a demo recording says of itself: that it is no measurement. */
export function demoInfo(
  channels: readonly FifChannel[],
  sfreq: number,
  filter: { readonly highpass: number; readonly lowpass: number },
): FifInfo {
  return {
    channels,
    sfreq,
    ...filter,
    lineFreq: 50,
    measDate: undefined,
    description: "demo data made by tsrsa: no measurement",
    bads: [],
    projections: [],
    devHeadTrans: undefined,
    digitization: [],
    customReference: 0,
  };
}
