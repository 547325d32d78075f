export { isEeglab, readEeglab, type ReadEeglabOptions } from "./read-eeglab.ts";
