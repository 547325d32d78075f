// Builds the documentation into out/docs (or the folder given): `npm run docs`. Offline; run `npm run build` first.
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { root } from "./run.mjs";

const built = join(root, ".build/site/build.js");
if (!existsSync(built)) {
  console.error("the generator is not built; run npm run build first");
  process.exit(1);
}
const { buildSite } = await import(built);
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const out = resolve(process.argv[2] ?? join(root, "out/docs"));
const files = buildSite(root, out, version);
console.log(`${files.size} files in ${out}; open ${join(out, "index.html")}`);
