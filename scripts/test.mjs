// Everything the project checks, in the order that fails fastest: build, types, format, lint, tests.
import { run } from "./run.mjs";

run("./scripts/build.mjs", []);
run("typescript/bin/tsc", ["--noEmit", "-p", "tsconfig.json"]);
run("prettier/bin/prettier.cjs", ["--check", "."]);
run("eslint/bin/eslint.js", ["."]);
run("vitest/vitest.mjs", ["run"]);
