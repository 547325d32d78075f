export { readMgh, type MghImage, type ReadMghOptions } from "./read-mgh.ts";
export { writeMgh, type MghContent } from "./write-mgh.ts";
