import { join } from "node:path";
import { random, type Random } from "../../../src/core/random.ts";
import {
  nameChannel,
  writeFifEpochStream,
  type FifChannel,
  type FifEpochValues,
  type FifEpochsHeader,
} from "../../../src/io/fif/index.ts";
import { demoInfo } from "../demo-info.ts";
import { noiseModel } from "../noise.ts";

const sfreq = 50;
const nEpochs = 200;
const names =
  "Fp1 Fp2 F7 F3 Fz F4 F8 FC5 FC1 FC2 FC6 T7 C3 Cz C4 T8 CP5 CP1 CP2 CP6 P7 P3 Pz P4 P8 PO3 PO4 O1 Oz O2 AF3 AF4".split(
    " ",
  );

/**
 * A demo twin of the EEG recording `eeg-priming`: 200 epochs of word pairs, 32 channels, 60 samples at 50 Hz, with the
 * same metadata columns. Unrelated pairs get a planted N400 over the top of the head, weaker the stronger the
 * association.
 */
export async function makeEegPriming(folder: string, seed = 4): Promise<void> {
  const pairs = drawPairs(random(seed));
  const header = headerOf(pairs, random(seed + 1));
  await writeFifEpochStream(
    join(folder, "subject04-epo.fif"),
    header,
    epochsOf(pairs, header.times, random(seed + 2)),
  );
}

interface Pair {
  readonly label: 6 | 7;
  /** Forward association strength; 0 for unrelated pairs. */
  readonly fas: number;
}

function drawPairs(stream: Random): Pair[] {
  return Array.from(stream.permutation(nEpochs), (at) =>
    at < nEpochs / 2
      ? { label: 6, fas: Math.round(1e4 * (0.2 + 0.5 * stream.next())) / 1e4 }
      : { label: 7, fas: 0 },
  );
}

function headerOf(pairs: readonly Pair[], stream: Random): FifEpochsHeader {
  const columns = new Map<string, (string | number)[]>([
    ["cue", pairs.map((_, at) => `cue${String(at + 1).padStart(3, "0")}`)],
    ["association", pairs.map((_, at) => `word${String(at + 1).padStart(3, "0")}`)],
    ["label", pairs.map(({ label }) => label)],
    ["FAS", pairs.map(({ fas }) => fas)],
    ["button", pairs.map(({ label }) => (label === 6 ? 1 : 2))],
    ["reaction-time", pairs.map(() => Math.round(1000 * (1.2 + 0.4 * stream.next())) / 1000)],
  ]);
  return {
    info: demoInfo(names.map(eegChannel), sfreq, { highpass: 0.1, lowpass: 20 }),
    firstSample: -10,
    lastSample: 49,
    times: Float64Array.from({ length: 60 }, (_, at) => (at - 10) / sfreq),
    events: Int32Array.from(pairs.flatMap(({ label }, at) => [1000 + 200 * at, 0, label])),
    eventId: new Map([
      ["related", 6],
      ["unrelated", 7],
    ]),
    selection: Int32Array.from(pairs.keys()),
    dropLog: pairs.map(() => []),
    metadata: { names: [...columns.keys()], columns, nRows: nEpochs },
    baseline: [-0.2, 0],
    rawSfreq: undefined,
  };
}

function eegChannel(name: string, at: number): FifChannel {
  const loc = new Float64Array(12);
  return nameChannel({
    name,
    kind: 2,
    unitCode: 107,
    unitMul: 0,
    coilType: 1,
    coordFrame: 4,
    scanNumber: at + 1,
    logicalNumber: at + 1,
    cal: 1,
    range: 1,
    loc,
  });
}

function* epochsOf(
  pairs: readonly Pair[],
  times: Float64Array,
  stream: Random,
): Generator<FifEpochValues> {
  const noise = noiseModel(names.length, times.length, stream);
  const epoch = new Float64Array(names.length * times.length);
  const topography = names.map((name) =>
    /^(C|CP|P)(z|1|2|3|4)$/.test(name) ? 1 : 0.3 * stream.next(),
  );
  const n400 = times.map((time) => Math.exp(-0.5 * ((time - 0.41) / 0.06) ** 2));
  for (const { label, fas } of pairs) {
    noise.fill(epoch);
    const size = label === 7 ? 1.05 : 0.55 - 0.5 * fas;
    topography.forEach((weight, c) =>
      n400.forEach((wave, t) => (epoch[c * times.length + t] -= size * weight * wave)),
    );
    // Volts: noise of 8 µV.
    yield { data: epoch.map((value) => 8e-6 * value), imaginary: undefined };
  }
}
