export * from "../../src/plot/index.ts";
