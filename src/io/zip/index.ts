export { readZipDirectory } from "./directory.ts";
export { readZipEntry, zipEntryStart } from "./read-entry.ts";
export { zipChunks } from "./zip-bytes.ts";
export type { ZipMember } from "./zip-bytes.ts";
export { checkName } from "./zip-entry.ts";
export type { ZipEntry, ZipLimits } from "./zip-entry.ts";
