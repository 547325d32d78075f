// Builds dist/ from source with npm packages only; `npm ci` runs it through "prepare".
import { buildWasm } from "./build-wasm.mjs";
import { run } from "./run.mjs";

buildWasm();
run("typescript/bin/tsc", ["-p", "tsconfig.build.json"]);
