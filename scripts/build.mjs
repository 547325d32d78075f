// Builds dist/ from source with npm packages only; `npm ci` runs it through "prepare". The compiler writes into .build/.
import { buildKernel } from "./build-kernel.mjs";
import { buildLibrary } from "./build-library.mjs";
import { buildWasm } from "./build-wasm.mjs";
import { buildWeb } from "./build-web.mjs";
import { run } from "./run.mjs";

buildWasm();
run("typescript/bin/tsc", ["-p", "tsconfig.build.json"]);
await buildLibrary();
await buildKernel();
await buildWeb();
