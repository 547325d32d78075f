// Where the cells run: a process of their own.
export { startExecutor } from "../../session/executor-process.ts";
