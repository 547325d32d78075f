export * from "./core/index.ts";
export * from "./table/index.ts";
export { Rdm, type RdmMeta, type RdmOptions } from "./rdm/rdm.ts";
