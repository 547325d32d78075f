export { readZipDirectory } from "./directory.ts";
export { readZipEntry } from "./read-entry.ts";
export { joinChunks, zipChunks } from "./zip-bytes.ts";
export type { ZipMember } from "./zip-bytes.ts";
export type { ZipEntry, ZipLimits } from "./zip-entry.ts";
