export * from "../../course/index.ts";
