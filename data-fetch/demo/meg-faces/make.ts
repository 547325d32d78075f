import { join } from "node:path";
import { random, type Random } from "../../../src/core/random.ts";
import {
  writeFifEpochStream,
  writeFifInverse,
  type FifChannel,
  type FifEpochValues,
  type FifEpochsHeader,
} from "../../../src/io/fif/index.ts";
import { writeBmp } from "../../../src/io/image/index.ts";
import { writeNpz } from "../../../src/io/npy/index.ts";
import { stimulusHeight, stimulusWidth } from "./draw-face.ts";
import { embed, embeddingLength } from "./embeddings.ts";
import { drawCortex, sourceLevels, writeAnatomy } from "./anatomy.ts";
import { writeGroup } from "./group.ts";
import { headModel, type HeadModel } from "./head-model.ts";
import { demoInfo } from "../demo-info.ts";
import { noiseModel } from "../noise.ts";
import { latentsOf, responseModel } from "./response.ts";
import { demoChannels, noiseSd } from "./sensors.ts";
import { drawStimuli, type Stimulus } from "./stimuli.ts";
import { eventCodes, nRecorded, presentTrials, type Trial } from "./trials.ts";

const sfreq = 220;
const firstSample = -44;
const lastSample = 242;
const nDimensions = 30;

/**
 * Demo data in the layout of MNE-RSA's `rsa-data/data`: 450 drawn stimuli, embeddings, and `sub-02-epo.fif` with 879
 * epochs. What differs from the real file: 78 of 312 channels (those over the back of the head), and epochs that end
 * at 1.1 s. The early response carries the stimuli's pixels, the later one their embeddings.
 */
export async function makeMegFaces(folder: string, seed = 2): Promise<void> {
  const stimuli = drawStimuli(random(seed));
  const embeddings = embed(stimuli, random(seed + 1));
  for (const { file, pixels } of stimuli) {
    await writeBmp(join(folder, "stimuli", file), {
      width: stimulusWidth,
      height: stimulusHeight,
      channels: 1,
      data: pixels,
    });
  }
  await writeNpz(join(folder, "stimuli", "facenet_embeddings.npz"), {
    filenames: stimuli.map(({ file }) => file),
    embeddings: { data: embeddings, shape: [stimuli.length, embeddingLength] },
  });
  const cortex = drawCortex(seed + 100);
  const model = headModel(demoChannels().filter(isMeg), cortex);
  const own = join(folder, "sub-02");
  await writeRecording(join(own, "sub-02-epo.fif"), stimuli, embeddings, model.patterns, seed);
  const info = demoInfo(demoChannels(), sfreq, { highpass: 1, lowpass: 40 });
  await writeFifInverse(join(own, "sub-02-inv.fif"), model.inverse, info);
  await writeAnatomy(join(folder, "freesurfer"), cortex, seed + 101);
  await writeGroup(join(folder, "group_analysis"), sourceLevels, seed + 200);
}

async function writeRecording(
  path: string,
  stimuli: readonly Stimulus[],
  embeddings: Float32Array,
  patterns: HeadModel["patterns"],
  seed: number,
): Promise<void> {
  const channels = demoChannels();
  const { trials, dropped } = presentTrials(stimuli, random(seed + 2));
  const header = headerOf(channels, trials, dropped, stimuli);
  await writeFifEpochStream(
    path,
    header,
    epochsOf(channels, header.times, trials, stimuli, embeddings, patterns, random(seed + 3)),
  );
}

function headerOf(
  channels: readonly FifChannel[],
  trials: readonly Trial[],
  dropped: ReadonlySet<number>,
  stimuli: readonly Stimulus[],
): FifEpochsHeader {
  const columns = new Map([
    ["trigger", trials.map(({ trigger }) => trigger as string | number)],
    ["file", trials.map(({ stimulus }) => stimuli[stimulus].file as string | number)],
  ]);
  return {
    info: demoInfo(channels, sfreq, { highpass: 1, lowpass: 40 }),
    firstSample,
    lastSample,
    times: Float64Array.from(
      { length: lastSample - firstSample + 1 },
      (_, at) => (firstSample + at) / sfreq,
    ),
    events: Int32Array.from(trials.flatMap(({ sample, trigger }) => [sample, 0, trigger])),
    eventId: new Map(eventCodes),
    selection: Int32Array.from(trials, ({ number }) => number),
    dropLog: Array.from({ length: nRecorded }, (_, number) =>
      dropped.has(number) ? ["EOG061"] : [],
    ),
    metadata: { names: [...columns.keys()], columns, nRows: trials.length },
    baseline: [-0.2, 0],
    rawSfreq: 1100,
  };
}

function* epochsOf(
  channels: readonly FifChannel[],
  times: Float64Array,
  trials: readonly Trial[],
  stimuli: readonly Stimulus[],
  embeddings: Float32Array,
  patterns: HeadModel["patterns"],
  stream: Random,
): Generator<FifEpochValues> {
  const pixels = latentsOf(joined(stimuli), stimuli.length, nDimensions, stream);
  const network = latentsOf(embeddings, stimuli.length, nDimensions, stream);
  const response = responseModel(
    pixels,
    network,
    nDimensions,
    patterns,
    channels.length,
    times,
    stream,
  );
  const noise = noiseModel(channels.length, times.length, stream);
  const epoch = new Float64Array(channels.length * times.length);
  for (const trial of trials) {
    noise.fill(epoch);
    response.add(epoch, trial.stimulus);
    subtractBaseline(epoch, times);
    channels.forEach((channel, at) => scaleRow(epoch, at, times.length, noiseSd(channel)));
    markTrigger(epoch, channels, times, trial.trigger);
    yield { data: epoch, imaginary: undefined };
  }
}

function isMeg({ type }: FifChannel): boolean {
  return type === "grad" || type === "mag";
}

function joined(stimuli: readonly Stimulus[]): Uint8Array {
  const size = stimulusWidth * stimulusHeight;
  const all = new Uint8Array(stimuli.length * size);
  stimuli.forEach(({ pixels }, at) => all.set(pixels, at * size));
  return all;
}

/** Each channel's mean before the stimulus becomes 0. */
function subtractBaseline(epoch: Float64Array, times: Float64Array): void {
  const nBefore = times.filter((time) => time <= 0).length;
  for (let start = 0; start < epoch.length; start += times.length) {
    let sum = 0;
    for (let t = 0; t < nBefore; t++) sum += epoch[start + t];
    for (let t = 0; t < times.length; t++) epoch[start + t] -= sum / nBefore;
  }
}

function scaleRow(epoch: Float64Array, channel: number, n: number, scale: number): void {
  for (let at = channel * n; at < (channel + 1) * n; at++) epoch[at] *= scale;
}

/** The trigger channel holds the event code for 20 samples from the stimulus on. */
function markTrigger(
  epoch: Float64Array,
  channels: readonly FifChannel[],
  times: Float64Array,
  trigger: number,
): void {
  const channel = channels.findIndex(({ name }) => name === "STI101");
  const onset = times.indexOf(0);
  epoch.fill(trigger, channel * times.length + onset, channel * times.length + onset + 20);
}
