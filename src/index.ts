export * from "./core/index.ts";
export * from "./meg/index.ts";
export * from "./rdm/index.ts";
export * from "./rsa/index.ts";
export * from "./searchlight/index.ts";
export * from "./stats/index.ts";
export * from "./table/index.ts";
