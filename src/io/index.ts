export type { FileInput } from "../core/byte-source.ts";
