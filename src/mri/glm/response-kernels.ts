import { hrf } from "./hrf.ts";

/** Models of the haemodynamic response, by nilearn's names; `fir` has a column a delay, `none` the events as they are. */
export const hrfModels = [
  "spm",
  "spm + derivative",
  "spm + derivative + dispersion",
  "glover",
  "glover + derivative",
  "glover + derivative + dispersion",
  "fir",
  "none",
] as const;

/** A model of the haemodynamic response. */
export type HrfModel = (typeof hrfModels)[number];

/** One column of a condition: what its events are convolved with, and what comes after the condition in its name. */
export interface ResponseKernel {
  readonly suffix: string;
  readonly samples: Float64Array;
}

/** The kernels of a model, sampled `oversampling` times a volume. */
export function responseKernels(
  model: HrfModel,
  tr: number,
  oversampling: number,
  firDelays: readonly number[],
): ResponseKernel[] {
  if (model === "none") return [{ suffix: "", samples: impulse(oversampling) }];
  if (model === "fir") return firDelays.map((delay) => firKernel(delay, oversampling));
  const [shape, ...changes] = model.split(" + ") as [
    "spm" | "glover",
    ...("derivative" | "dispersion")[],
  ];
  const options = { tr, oversampling };
  return [
    { suffix: "", samples: hrf(shape, options) },
    ...changes.map((change) => ({
      suffix: `_${change}`,
      samples: hrf(`${shape}_${change}`, options),
    })),
  ];
}

function impulse(oversampling: number): Float64Array {
  const samples = new Float64Array(oversampling);
  samples[0] = 1;
  return samples;
}

/** Mean of one volume's samples, so many volumes later. */
function firKernel(delay: number, oversampling: number): ResponseKernel {
  const samples = new Float64Array((delay + 1) * oversampling);
  samples.fill(1 / oversampling, delay * oversampling);
  return { suffix: `_delay_${delay}`, samples };
}
