import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeText } from "../../src/core/write-text.ts";
import { packageVersion } from "../package-version.ts";
import { WorkFailed } from "../usage-error.ts";
import type { SitePage } from "./index-page.ts";
import { compilerFile, typeFiles } from "./type-files.ts";

/** What the cells of a page may import: a file of `lab/lib/` by the name it is imported by. */
const modules: Readonly<Record<string, string>> = {
  tsrsa: "tsrsa.js",
  "tsrsa/io": "io.js",
  "tsrsa/plot": "plot.js",
  "tsrsa/data": "data.js",
  "tsrsa/course": "course.js",
  "@observablehq/plot": "observable-plot.js",
  danfojs: "danfojs.js",
};

/** What they may not, and why: what a cell that needs it is told. */
const absent: Readonly<Record<string, string>> = {
  fs: "a page has no disk; use readNpy, readCsv, listFiles and the like of tsrsa, and give files to the page",
  "fs/promises":
    "a page has no disk; use readNpy, readCsv, listFiles and the like of tsrsa, and give files to the page",
};

/** Puts beside the pages what makes them live: the front end, the kernel's workers and the library. Throws `WorkFailed`. */
export async function writeLiveFiles(
  out: string,
  title: string,
  pages: readonly (SitePage & { readonly bytes: number })[],
): Promise<void> {
  const built = builtFolder();
  const names = await readdir(built, { recursive: true, encoding: "utf8" }).catch(
    (): string[] => [],
  );
  if (!names.includes("site.js"))
    throw new WorkFailed(`there is no ${join(built, "site.js")}; build the front end first`);
  const isOnlyOfLab = /^(lab\.js|figures\.js|index\.html|live\.html|sw\.js)$/;
  await mkdir(join(out, "lab"), { recursive: true });
  await cp(built, join(out, "lab"), {
    recursive: true,
    filter: (path) => !isOnlyOfLab.test(path.slice(built.length)),
  });
  await cp(compilerFile(), join(out, "lab", "typescript.js"));
  await writeText(join(out, "lab", "types.json"), JSON.stringify(typeFiles()));
  await writeText(join(out, "live.html"), await readFile(join(built, "live.html"), "utf8"));
  const site = JSON.stringify({
    title,
    version: packageVersion(),
    notebooks: pages.map(({ name, title: own, bytes }) => ({ name, title: own ?? name, bytes })),
    modules,
    absent,
  });
  await writeText(join(out, "site.json"), site);
  const worker = await readFile(join(built, "sw.js"), "utf8");
  await writeText(join(out, "sw.js"), worker.replaceAll("BUILD", await hashOf(built, names, site)));
}

/** A name of this build of this site: what was kept of another is dropped. */
async function hashOf(built: string, names: readonly string[], site: string): Promise<string> {
  const hash = createHash("sha256").update(site);
  for (const name of [...names].sort())
    if (name.endsWith(".js")) hash.update(await readFile(join(built, name)));
  return hash.digest("hex").slice(0, 16);
}

/** Built from web/ into dist/web, also when this file runs from source in a test. */
function builtFolder(): string {
  const path = import.meta.url.endsWith(".ts") ? "../../dist/web/" : "../../web/";
  return fileURLToPath(new URL(path, import.meta.url));
}
