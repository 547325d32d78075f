export { readStc, type ReadStcOptions, type StcFile } from "./read-stc.ts";
export { writeStc, type StcContent } from "./write-stc.ts";
