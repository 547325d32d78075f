import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findDataSet } from "../../data-fetch/index.ts";
import {
  encodeFifEpochs,
  encodeFifEvokeds,
  openFifEpochs,
  parseNpy,
  readFifEpochs,
  readFifEvokeds,
} from "../../src/io/index.ts";
import * as tsrsa from "../../src/index.ts";
import * as t from "./things.ts";

/** Files are written here, and read from here. */
export const folder = mkdtempSync(join(tmpdir(), "tsrsa-hostile-"));
const at = (name: string): string => join(folder, name);

await tsrsa.writeEpochs(at("a-epo.fif"), t.epochs);
await tsrsa.writeEvokeds(at("a-ave.fif"), t.evokeds);
writeFileSync(at("a.csv"), t.files.csv);
writeFileSync(at("a.zip"), t.files.npz);
const fif = await readFifEpochs(at("a-epo.fif"));
const averages = await readFifEvokeds(at("a-ave.fif"));
const epochsBytes = await encodeFifEpochs(fif);
const evokedsBytes = encodeFifEvokeds(averages);
const reader = await openFifEpochs(at("a-epo.fif"));
const set = { ...findDataSet("haxby-slice"), files: [] };
const remote = { name: "a", url: "http://127.0.0.1:9/a", bytes: 1, sha256: "0".repeat(64) };
const { quiet, rdm, rdms } = t;
const nifti = { data: t.volume.data, shape: t.volume.shape, affine: t.affine };
const short = { sfreqHz: 100 };

/**
 * One sound call of every public function: its arguments by place. `new X` is a constructor. A class that users are not
 * to make says so in `notMade`.
 */
export const calls: Readonly<Record<string, readonly unknown[]>> = {
  // rdm
  "new Rdm": [[1, 2, 3], { items: ["a", "b", "c"] }],
  alignRdms: [rdms, "all"],
  categoryRdm: [["x", "y", "x"], {}],
  commonItems: [rdm, rdms[1]],
  computeRdm: [t.rows, {}],
  computeRdmCv: [
    tsrsa.createFolds(t.rows, { labels: ["a", "b", "a", "b"] }),
    { metric: "euclidean" },
  ],
  concatRdms: [rdms, "all"],
  createFolds: [t.rows, { labels: ["a", "b", "a", "b"] }],
  fromPartials: [rdms, t.names4],
  geodesicTransform: [rdm],
  geotopologicalTransform: [rdms, { low: 0.2, up: 0.6 }],
  meanRdm: [rdms, {}],
  minmaxTransform: [rdm],
  pairIndex: [1, 3, 4],
  permuteItems: [rdm, [3, 2, 1, 0]],
  pick: [rdm, [2, 0]],
  positiveTransform: [rdm],
  rankTransform: [rdm, {}],
  rdmFromMeasurements: [t.rows, { labels: ["a", "b", "a", "b"] }],
  rdmFromUnbalanced: [t.rows, { labels: ["a", "b", "a", "b"] }],
  rdmsFromTable: [[{ item_1: "x", item_2: "y", dissimilarity: 0.2 }], {}],
  rdmsToTable: [rdms],
  renamed: [rdm, "name"],
  reorder: [rdm, ["d", "c", "b", "a"]],
  rescaleRdms: [rdms, {}],
  sortItems: [rdm, ["d", "c", "b", "a"]],
  sqrtTransform: [rdm],
  subsample: [rdm, ["a", "a", "c"]],
  subset: [rdm, ["a", "c"]],
  transformRdm: [rdm, (d: Float64Array) => d.map(Math.sqrt), (name: string) => name],
  withItems: [rdm, t.names4],
  withMeta: [rdm, { subject: 1 }],
  describeHdf5Rdms: [t.files.rdms, {}],
  readHdf5Rdms: [t.files.rdms, { ...quiet }],
  streamHdf5Rdms: [t.files.rdms, { ...quiet }],
  hdf5RdmsBytes: [rdms, {}],
  writeHdf5Rdms: [at("out.h5"), rdms, {}],
  // rsa
  compareRdms: [rdm, rdms, { ...quiet }],
  evalBootstrap: [rdm, rdms, { samples: 5, ...quiet }],
  evalBootstrapCrossval: [rdm, rdms, { samples: 5, kItems: 1, kRdms: 2, ...quiet }],
  evalCrossval: [rdm, rdms, { kItems: 1, ...quiet }],
  evalFixed: [rdm, rdms, { ...quiet }],
  fitModel: [tsrsa.selectModel([rdm, rdms[1]]), rdms, {}],
  fitWeighted: [[rdm, rdms[1]], rdms, {}],
  fixedModel: [rdms, {}],
  interpolatedModel: [rdms, {}],
  mantelTest: [rdm, rdms[1], { permutations: 9, ...quiet }],
  noiseCeiling: [rdms, { ...quiet }],
  prepareModels: [[rdm.condensed], {}],
  rsa: [rdm, rdms, {}],
  selectModel: [rdms, {}],
  weightedModel: [rdms, {}],
  // stats
  adjustPValues: [[0.01, 0.04, 0.03], "holm"],
  fdr: [[0.01, 0.04, 0.03], {}],
  kFold: [5, 2],
  kendallTauA: [
    [1, 2, 3, 4],
    [1, 3, 2, 4],
  ],
  leastSquares: [
    [
      [1, 0, 1, 2],
      [0, 1, 1, 5],
    ],
    [1, 2, 3, 5],
  ],
  mean: [[1, 2, 6]],
  multidimensionalScaling: [[3, 4, 5], {}],
  noiseCovariance: [t.stimuli, {}],
  pca: [t.rows, 2],
  pearson: [
    [1, 2, 3, 4],
    [2, 4, 7, 7],
  ],
  permutationClusterTest: [t.rows, { permutations: 8, ...quiet }],
  permutationTTest: [t.rows, { permutations: 8, ...quiet }],
  precisionMatrix: [
    [
      [4, 0],
      [0, 16],
    ],
  ],
  random: [7],
  rank: [[30, 10, 10, 4]],
  roundHalfEven: [0.5],
  spearman: [
    [1, 2, 3, 4],
    [1, 10, 100, 3],
  ],
  standardScale: [t.rows],
  stratifiedKFold: [["a", "a", "b", "b"], 2],
  studentTThreshold: [0.025, 14],
  studentTUpperTail: [2.5, 10],
  // encoding
  bandedRidgeCv: [
    t.stimuli,
    t.responses,
    t.groups,
    { folds: 3, nWeightings: 2, jobs: 1, ...quiet },
  ],
  correlationScore: [t.responses, t.responses],
  crossValidateRidge: [t.stimuli, t.responses, { folds: 3, jobs: 1, ...quiet }],
  crossValidatedPredictions: [t.stimuli, t.responses, { folds: 3, jobs: 1, ...quiet }],
  explainableVariance: [[t.responses, t.responses], {}],
  firDelays: [t.stimuli, { delays: [0, 1] }],
  lassoLars: [t.stimuli, t.responses, 0.1, { jobs: 1, ...quiet }],
  lassoLarsCv: [t.stimuli, t.responses, { folds: 3, jobs: 1, ...quiet }],
  leaveOneRunOut: [[1, 1, 2, 2]],
  pairRuns: [[t.stimuli], [t.responses], {}],
  predictResponses: [await tsrsa.ridge(t.stimuli, t.responses, { ...quiet }), t.stimuli],
  r2Score: [t.responses, t.responses],
  receptiveField: [t.features16, t.features16, { shape: [1, 2], folds: 3, jobs: 1, ...quiet }],
  ridge: [t.stimuli, t.responses, { jobs: 1, ...quiet }],
  ridgeCv: [t.stimuli, t.responses, { folds: 3, jobs: 1, ...quiet }],
  scoreSignificance: [t.responses, t.responses, { permutations: 9, blockLength: 2, ...quiet }],
  variancePartition: [t.stimuli, t.responses, t.groups, { folds: 3, jobs: 1, ...quiet }],
  // meg
  epochsFromArray: [{ data: new Float64Array(24), shape: [2, 3, 4] }, short],
  "new Evoked": [
    {
      info: t.info,
      times: Float64Array.of(0, 0.01),
      data: { data: new Float64Array(4), shape: [2, 2] },
      comment: "a",
      nAverages: 2,
    },
  ],
  rdmEpochs: [t.epochs, { labels: t.labels6 }],
  rdmEvokeds: [t.evokeds, {}],
  readEpochs: [at("a-epo.fif"), {}],
  readEvokeds: [at("a-ave.fif"), {}],
  readNoiseCovariance: [at("a-ave.fif")],
  rsaEpochs: [t.epochs, t.model3, { labels: t.labels6, jobs: 1, ...quiet }],
  rsaEvokeds: [t.evokeds, t.model3, { jobs: 1, ...quiet }],
  vectorviewSelection: ["Left-occipital", "MEG 1641"],
  writeEpochs: [at("out-epo.fif"), t.epochs, {}],
  writeEvokeds: [at("out-ave.fif"), t.evokeds, {}],
  // mri
  "new NiftiMasker": [t.mask, {}],
  clean: [t.rows, {}],
  cleanVolumes: [t.series, { ...quiet }],
  intersectMasks: [t.mask, t.mask],
  invertMask: [t.mask],
  makeMask: [t.volume, {}],
  meanVolume: [t.series, { ...quiet }],
  mmToVoxel: [t.volume, [3, 0, 0]],
  rdmNifti: [t.series, { labels: t.labels6 }],
  readNiftiPatterns: [t.series, { labels: t.labels6, ...quiet }],
  resampleMask: [t.mask, t.volume],
  rsaNifti: [t.series, t.model3, { labels: t.labels6, jobs: 1, ...quiet }],
  subtractMasks: [t.mask, t.mask],
  uniteMasks: [t.mask, t.mask],
  voxelNumber: [
    [4, 5, 6],
    [1, 0, 2],
  ],
  voxelOfNumber: [[4, 5, 6], 32],
  voxelToMm: [t.volume, [1, 0, 0]],
  // searchlight
  rdmSearchlight: [t.patterns, t.patches, {}],
  scoreSearchlight: [t.patterns, t.patches, [rdm.condensed], { jobs: 1, ...quiet }],
  searchlightPatches: [[4, 3, 5], { temporalRadius: 1 }],
  takePatch: [t.patterns, t.patches.at(0), t.patches.plan],
  // pairs
  canTrainNetworks: [],
  clipEmbeddings: [[t.image], at("none.onnx"), { ...quiet }],
  extremePairs: [rdm, {}],
  pairDataset: [t.rdm16, t.features16, {}],
  pairModelBytes: [t.pairResult.folds[0].model],
  pairPermutationTest: [t.pairResult, { nPermutations: 9, ...quiet }],
  predictPairs: [t.pairResult.folds[0].model, t.features16, { i: [0], j: [5] }],
  readPairModel: [await tsrsa.pairModelBytes(t.pairResult.folds[0].model)],
  savePairModel: [at("out.npz"), t.pairResult.folds[0].model],
  scorePairs: [
    [1, 2, 3],
    [1, 2, 4],
  ],
  standardizeColumns: [t.rows],
  trainPairModel: [t.dataset, { model: "distance", metric: "euclidean", ...quiet }],
  // table
  "new Table": [{ word: ["dog", "cat"], n: [1, 2] }],
  alignByLabel: [["b", "a", "b"], ["a", "b"], {}],
  asTable: [[{ word: "dog", n: 1 }]],
  averageByLabel: [t.patterns, tsrsa.alignByLabel(["b", "a", "b", "a"])],
  compareCodePoints: ["a", "b"],
  distinctLabels: [["b", "a", "b"]],
  readCsv: [t.files.csv, {}],
  toDataFrame: [{ word: ["dog", "cat"] }],
  // plot
  plotDistribution: [{ scores: [0, 0.1, 0.1, 0.4] }, {}],
  plotFigure: [{ width: 300, height: 100 }, { altText: "an empty axis" }],
  plotGlassBrain: [t.volume, {}],
  plotHeatmap: [t.heatmap, {}],
  plotImages: [[t.image], {}],
  plotMds: [rdm, {}],
  plotModelComparison: [t.evaluation, {}],
  plotPredictions: [{ "by image": t.pairResult }, {}],
  plotProfiles: [[{ name: "V1", values: [0.1, 0.2] }], { steps: ["one", "two"] }],
  plotRdms: [rdm, {}],
  plotReceptiveFields: [{ data: Float64Array.of(0, 0.5, 0.05, 0.2), shape: [1, 2, 2] }, {}],
  plotStatMap: [t.volume, {}],
  plotSurface: [t.heatmap, {}],
  plotTimeCourse: [{ name: "pixels", times: [0, 0.1, 0.2], values: [0, 0.01, 0.02] }, {}],
  plotTraining: [{ network: t.pairResult }],
  viewStatMap: [t.volume, {}],
  // core
  display: [{ a: 1 }],
  isTsrsaError: [new Error("no"), "CODE"],
  progress: ["windows", 2, "steps"],
  report: ["items", 450, "450"],
  // io
  asMatrix: [parseNpy(t.files.npy)],
  asStrings: [parseNpy((await import("../../src/io/index.ts")).npyBytes(["a"]))],
  bmpBytes: [t.image],
  encodeFifEpochs: [fif, {}],
  encodeFifEvokeds: [averages, {}],
  encodePng: [t.image],
  formatCsv: [["score"], new Map([["score", [0.25, -1]]]), {}],
  hdf5Bytes: [{ k: new Float64Array([1, 2]) }],
  matTexts: [{ kind: "string", dtype: "char", shape: [], data: ["a"] }],
  nameChannel: [fif.info.channels[0]],
  niftiBytes: [nifti, {}],
  npyBytes: [[1, 2]],
  npzBytes: [{ k: [7] }, {}],
  openAlgonautsSubject: [folder],
  openFifEpochs: [epochsBytes, {}],
  openHdf5: [t.files.hdf5, {}],
  openNifti: [t.files.nifti, {}],
  parseCsv: ["a,b\n1,2\n", {}],
  parseNpy: [t.files.npy, "name"],
  readCsvColumns: [t.files.csv, {}],
  readFifCovariance: [evokedsBytes],
  readFifEpochs: [epochsBytes, {}],
  readFifEvokeds: [evokedsBytes, {}],
  readFifInfo: [epochsBytes],
  readImage: [t.files.bmp, {}],
  readLines: [t.files.csv],
  readMat: [t.files.npy, {}],
  readNifti: [t.files.nifti, {}],
  readNpy: [t.files.npy],
  readNpyObject: [t.files.npy],
  readNpyPart: [t.files.npy, {}],
  readNpyShape: [t.files.npy],
  readNpz: [t.files.npz, {}],
  resizeImage: [t.image, { widthPx: 1, heightPx: 1 }],
  stackImages: [[t.image]],
  toGrey: [t.image],
  writeBmp: [at("out.bmp"), t.image],
  writeFifEpochStream: [at("out2-epo.fif"), reader, [await reader.read({ epochs: [0] })], {}],
  writeFifEpochs: [at("out3-epo.fif"), fif, {}],
  writeFifEvokeds: [at("out4-ave.fif"), averages, {}],
  writeHdf5: [at("out5.h5"), { k: new Float64Array([1, 2]) }],
  writeNifti: [at("out.nii"), nifti, {}],
  writeNpy: [at("out.npy"), [1, 2]],
  writeNpz: [at("out.npz"), { k: [7] }, {}],
  writePng: [at("out.png"), t.image],
  // data
  dataDir: [{ TSRSA_DATA_DIR: folder }],
  fetchDataSet: [set, { folder, dryRun: true, ...quiet }],
  fetchFile: [remote, folder, { attempts: 1, retryMs: 1, stallMs: 100, ...quiet }],
  findDataSet: ["eeg-priming"],
  findFaults: [set, folder],
  knownDataSets: [],
  locateData: ["eeg-priming", folder, {}],
  sha256Of: [at("a.csv")],
  unpack: [at("a.zip"), at("unpacked"), { format: "zip" }, { ...quiet }],
  verifyFile: [at("a.csv"), { bytes: 1 }],
};

/** Calls that end in a typed error here, because the machine lacks what they need or nothing serves the file. */
export const mayRefuse = new Set([
  "clipEmbeddings",
  "fetchFile",
  "openAlgonautsSubject",
  "readFifCovariance",
  "readMat",
  "readNoiseCovariance",
  "readNpyObject",
  "plotTraining",
  "plotRdms",
  "locateData",
]);

/** Classes made by functions, never by hand: their constructors take what the library checked. */
export const notMade = new Set([
  "Epochs",
  "RdmSequence",
  "SensorScores",
  "RsaMaps",
  "VoxelRdms",
  "PairDataset",
  "PairResult",
  "RsaResult",
  "EvalResult",
  "ClusterTest",
  "SearchlightPatches",
  "Figure",
  "Hdf5File",
]);
