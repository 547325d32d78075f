import "./use-files.ts";

export * from "../../src/index.ts";
