import "./use-files.ts";

export * from "../../src/io/index.ts";
