// What kernel.json starts: `tsrsa kernel start` without the other commands, which would only cost time.
import process from "node:process";
import { runKernel } from "./run-kernel.ts";

const [, , option, connectionFile] = process.argv;
if (option === "--connection" && connectionFile !== undefined) await runKernel(connectionFile);
else {
  process.stderr.write(
    "this starts a kernel for Jupyter: --connection FILE, or npx tsrsa kernel --help\n",
  );
  process.exitCode = 2;
}
