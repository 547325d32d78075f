export { openAlgonautsSubject } from "./open-subject.ts";
export type {
  AlgonautsImage,
  AlgonautsResponses,
  AlgonautsSubject,
  Hemisphere,
  ResponseSelection,
} from "./types.ts";
