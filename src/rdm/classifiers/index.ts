export {
  classifierRdm,
  classifiers,
  type Classifier,
  type ClassifierRdmOptions,
} from "./classifier-rdm.ts";
export { confusionRdm, type Confusions, type ConfusionRdmOptions } from "./confusion-rdm.ts";
export type { Priors } from "./lda.ts";
export { ldtRdm, type LdtRdmOptions } from "./ldt-rdm.ts";
