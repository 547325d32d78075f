import { traced, tracedOption, type Words } from "./blocks.ts";
import type { RunToReport, WrittenCall } from "./run.ts";

/** What calls do, as a methods section says it. */
const deeds: Readonly<Record<string, string>> = {
  computeRdm: "A representational dissimilarity matrix (RDM) was computed",
  computeRdmCv: "A cross-validated RDM was computed",
  rdmFromMeasurements: "An RDM of repeated measurements was computed",
  rdmFromUnbalanced: "An RDM of an unbalanced design was computed",
  rdmEpochs: "RDMs of epochs were computed",
  rdmEvokeds: "RDMs of evoked responses were computed",
  rdmNifti: "RDMs of voxel patterns were computed",
  rdmStcs: "RDMs of source estimates were computed",
  rsa: "Data and model RDMs were compared",
  rsaEpochs: "RDMs of epochs were compared with the model RDMs",
  rsaEvokeds: "RDMs of evoked responses were compared with the model RDMs",
  rsaNifti: "RDMs of voxel patterns were compared with the model RDMs in a searchlight",
  rsaStcs: "RDMs of source estimates were compared with the model RDMs",
  rsaAtlas: "RDMs of the regions of an atlas were compared with the model RDMs",
  compareRdms: "RDMs were compared with each other",
  evalFixed: "Models were evaluated on the RDM of each person, with t tests over people",
  evalBootstrap: "Models were evaluated by bootstrap",
  evalCrossval: "Flexible models were evaluated by cross-validation",
  evalBootstrapCrossval: "Flexible models were evaluated by cross-validation in bootstrap samples",
  evalOutOfBag: "Flexible models were evaluated on what bootstrap samples left out",
  noiseCeiling: "The noise ceiling was computed",
  fitWeighted: "Weights of model RDMs were fitted",
  permutationClusterTest: "Clusters were tested by permutation",
  permutationTTest: "Means were tested by permutation",
  mantelTest: "An RDM was tested by permutation of its items (Mantel test)",
  rdmGroupTest: "Two groups of RDMs were compared by permutation of people",
  fdr: "p values were corrected for the false discovery rate",
  firstLevel: "First-level models were fitted",
  trialBetas: "The response of each trial was estimated",
  ridge: "Ridge regressions were fitted",
  ridgeCv: "Ridge regressions with cross-validated penalties were fitted",
  rdmBetween: "RDMs between two runs were computed",
  classifierRdm: "An RDM of classifier accuracies was computed",
  rsaStcsRois: "RDMs of parcels of source estimates were compared with the model RDMs",
  rsaSurface: "RDMs of patterns on the cortex were compared with the model RDMs",
  rsaTfr: "RDMs of time-frequency power were compared with the model RDMs",
  rsaLayers: "RDMs of the layers of a network were compared with the model RDMs",
  sharesRdms: "The variance that models explain alone and together was computed",
  sharesEpochs: "The variance that models explain alone and together was computed over time",
  sharesNifti: "The variance that models explain alone and together was computed in a searchlight",
  weightsRdms: "Weights of model RDMs were fitted and cross-validated",
  weightsEpochs: "Weights of model RDMs were fitted and cross-validated over time",
  weightsNifti: "Weights of model RDMs were fitted and cross-validated in a searchlight",
  timeTimeRdms: "RDMs of all times were compared with each other",
  timeTimeEpochs: "RDMs of all times were compared with each other",
  crossTemporalEpochs: "RDMs between all pairs of times were computed",
  fuse: "RDMs over time were compared with RDMs of regions (fusion)",
  interSubjectRsa: "Similarities of people were compared with models (inter-subject RSA)",
  noiseCovariance: "The noise covariance was estimated",
  simulateData: "Data were simulated",
  simulatePeople: "Data of several people were simulated",
  random: "Random numbers were drawn",
  rsaPower: "Power was simulated",
  ".test": "Models were tested against zero, the noise ceiling and each other",
};

/** A paragraph about software and data. */
export function setting(run: RunToReport): Words {
  const { packages = {}, sources = [], data = [] } = run;
  const others = Object.entries(packages).filter(([name]) => name !== "tsrsa");
  return [
    "Analyses were run with tsrsa ",
    traced(run.tsrsa, "tsrsa"),
    ...(run.node === undefined ? [] : [" on Node ", traced(run.node, "node")]),
    ...others.flatMap(([name, version]) => [`, ${name} `, traced(version, "packages", name)]),
    ".",
    ...sources.flatMap(({ name, kind }, at) => [
      kind === "demo" ? " Demo data, not measured ones, were used: " : " The data were ",
      traced(name, "sources", at, "name"),
      ".",
    ]),
    ...(data.length === 0
      ? []
      : [
          ` ${data.length} ${data.length === 1 ? "file was" : "files were"} read, whose SHA-256 stand in run.json (`,
          traced("data", "data"),
          ").",
        ]),
  ];
}

/** A sentence about each call, with every option that is written. */
export function sentences(calls: readonly WrittenCall[]): Words[] {
  return calls.map(({ call, options, cell }, at) => {
    const said = Object.entries(options).filter(([name]) => !ofJob.has(name));
    return [
      `${deeds[call] ?? `${call} was called`} (`,
      traced(call, "calls", at, "call"),
      ", cell ",
      traced(cell, "calls", at, "cell"),
      ")",
      ...said.flatMap(([name, value], k) => [
        k === 0 ? ": " : ", ",
        `${name} = `,
        tracedOption(value, "calls", at, "options", name),
      ]),
      said.length === 0 ? ", with no options written there." : ".",
    ];
  });
}

/** How a job is run changes no number. */
const ofJob = new Set(["onProgress", "signal", "jobs"]);
