// Builds dist/ from source with npm packages only; `npm ci` runs it through "prepare".
import { run } from "./run.mjs";

run("typescript/bin/tsc", ["-p", "tsconfig.build.json"]);
