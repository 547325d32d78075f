// Builds the documentation into out/docs, and into dist/docs for `tsrsa site` to take along (or into the folder given alone):
// `npm run docs`. Offline; run `npm run build` first.
import { cpSync, existsSync, readFileSync, rmSync } from "node:fs";
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
if (process.argv[2] === undefined) {
  rmSync(join(root, "dist/docs"), { recursive: true, force: true });
  cpSync(out, join(root, "dist/docs"), { recursive: true });
}
