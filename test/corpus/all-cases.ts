import { archiveCases } from "./cases/archives.ts";
import { bombCases } from "./cases/bombs.ts";
import { fifCases } from "./cases/fif.ts";
import { hdf5Cases } from "./cases/hdf5.ts";
import { imageCases } from "./cases/image.ts";
import { mat5Cases } from "./cases/mat5.ts";
import { niftiCases } from "./cases/nifti.ts";
import { numpyCases } from "./cases/numpy.ts";
import { textCases } from "./cases/text.ts";
import type { CorpusCase } from "./corpus-case.ts";

/** Every file of the corpus, in a fixed order. */
export const allCases: readonly CorpusCase[] = [
  ...fifCases,
  ...niftiCases,
  ...numpyCases,
  ...imageCases,
  ...textCases,
  ...mat5Cases,
  ...hdf5Cases,
  ...archiveCases,
  ...bombCases,
];
