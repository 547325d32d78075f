// Builds dist/ from source with npm packages only; `npm ci` runs it through "prepare".
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { buildKernel } from "./build-kernel.mjs";
import { buildWasm } from "./build-wasm.mjs";
import { buildWeb } from "./build-web.mjs";
import { root, run } from "./run.mjs";

buildWasm();
run("typescript/bin/tsc", ["-p", "tsconfig.build.json"]);
removeLeftBehind();
await buildKernel();
await buildWeb();

/** What an earlier build made of sources that are gone would be packed too. */
function removeLeftBehind() {
  const dist = join(root, "dist");
  for (const name of readdirSync(dist, { recursive: true, encoding: "utf8" })) {
    const source = /^(.*?)(\.d\.ts|\.js)(\.map)?$/.exec(name);
    // What is bundled has no source of its own name.
    if (/^web[\\/]/.test(name)) continue;
    if (source === null || (source[3] === undefined && existsSync(join(root, `${source[1]}.ts`))))
      continue;
    rmSync(join(dist, name));
  }
}
