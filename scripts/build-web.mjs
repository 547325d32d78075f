// Builds web/ into dist/web: the front end of `tsrsa lab` as three files and KaTeX's fonts, with the licences of what is in it.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { rolldown } from "rolldown";
import { buildPage } from "./build-page.mjs";
import { root } from "./run.mjs";

const out = join(root, "dist", "web");
const require = createRequire(join(root, "web", "x.js"));

export async function buildWeb() {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(join(out, "fonts"), { recursive: true });
  const modules = [...(await bundle()), ...(await pageScripts()), ...(await buildPage())];
  writeStyle();
  for (const name of ["index.html", "frame.html", "live.html"])
    cpSync(join(root, "web", name), join(out, name));
  writeFileSync(join(out, "licences.txt"), licences(modules));
}

/** The paths of all that went into the bundle. */
async function bundle() {
  const build = await rolldown({
    input: { lab: join(root, "web", "main.ts"), site: join(root, "web", "site", "main.ts") },
    platform: "browser",
    resolve: { conditionNames: ["import", "browser", "default"] },
    treeshake: true,
    logLevel: "warn",
  });
  const { output } = await build.write({
    dir: out,
    format: "esm",
    minify: true,
    entryFileNames: "[name].js",
    comments: { legal: false },
    chunkFileNames: "[name]-[hash].js",
  });
  await build.close();
  return output.flatMap((chunk) => (chunk.type === "chunk" ? chunk.moduleIds : []));
}

/** What makes figures of an executed page answer the pointer, and what turns slides: each one script that stands in the page. */
async function pageScripts() {
  return [...(await pageScript("figures", "page")), ...(await pageScript("slides", "slides"))];
}

async function pageScript(name, folder) {
  const build = await rolldown({
    input: join(root, "web", folder, "main.ts"),
    platform: "browser",
    treeshake: true,
    logLevel: "warn",
  });
  const { output } = await build.write({
    file: join(out, `${name}.js`),
    format: "esm",
    minify: true,
    comments: { legal: false },
  });
  await build.close();
  return output.flatMap((chunk) => (chunk.type === "chunk" ? chunk.moduleIds : []));
}

/** KaTeX's style with the one form of its fonts that every browser of today reads, then ours. */
function writeStyle() {
  const katex = dirname(require.resolve("katex/dist/katex.min.css"));
  const style = readFileSync(join(katex, "katex.min.css"), "utf8").replace(
    /,url\([^)]*\) format\("(?:woff|truetype)"\)/g,
    "",
  );
  for (const name of readdirSync(join(katex, "fonts")))
    if (name.endsWith(".woff2")) cpSync(join(katex, "fonts", name), join(out, "fonts", name));
  const own = readFileSync(join(root, "web", "style", "lab.css"), "utf8");
  writeFileSync(join(out, "lab.css"), `${style}\n${own}`);
}

/** The licence of each package in the bundle, once. */
function licences(modules) {
  const folders = new Set([
    dirname(require.resolve("katex/package.json")),
    ...modules.map(packageOf).filter((folder) => folder !== undefined),
  ]);
  const texts = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(
      readFileSync(join(folder, "package.json"), "utf8"),
    );
    const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
    const text = file === undefined ? license : readFileSync(join(folder, file), "utf8").trim();
    return `${name} ${version}\n\n${text}\n`;
  });
  return texts.join(`\n${"-".repeat(72)}\n\n`);
}

function packageOf(path) {
  const found = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(path);
  return found === null || !existsSync(join(found[1], "package.json")) ? undefined : found[1];
}
