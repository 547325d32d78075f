// Runs a benchmark: node bench/run.mjs NAME. Benchmarks are TypeScript over the built library (npm run build).
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { transformSync } from "oxc-transform";

const here = dirname(fileURLToPath(import.meta.url));
const [name, ...rest] = process.argv.slice(2);
const source = join(here, `${name}.ts`);
const folder = join(dirname(here), "dist", "bench");
mkdirSync(folder, { recursive: true });
const script = join(folder, `${name}.mjs`);
writeFileSync(script, transformSync(source, readFileSync(source, "utf8")).code);
process.exitCode = spawnSync(process.execPath, [script, ...rest], { stdio: "inherit" }).status ?? 1;
