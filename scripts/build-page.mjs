// Builds what runs notebooks in a page into dist/web: the two workers of the kernel, and what cells may import.
import { existsSync, readdirSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { rolldown } from "rolldown";
import { root } from "./run.mjs";

const out = join(root, "dist", "web");
const page = join(root, "kernel", "platform", "page");
const shims = join(page, "node");
const library = join(root, "web", "library");
const known = new Set(readdirSync(shims).map((name) => name.replace(/\.ts$/, "")));
const conditionNames = ["tsrsa-page", "import", "browser", "default"];

/** What a module of Node is in a page, for the few that the kernel and the data sets ask for. */
const nodeShims = {
  name: "node-shims",
  resolveId(id) {
    const name = /^node:(.+)$/.exec(id)?.[1].replace("/", "-");
    if (name === undefined) return undefined;
    if (!known.has(name)) throw new Error(`a page has no ${id}`);
    return join(shims, `${name}.ts`);
  },
};

/** Names that Node has everywhere; a page has them for our own code alone, since libraries take them for Node. */
const inject = {
  Buffer: [join(shims, "buffer.ts"), "Buffer"],
  process: [join(shims, "process.ts"), "process"],
};

/** What of data-fetch/ a page does otherwise: it fetches nothing, and its files are its own. */
const standIns = {
  name: "stand-ins",
  resolveId: {
    order: "pre",
    handler(id, importer) {
      if (importer === undefined || !id.startsWith(".")) return undefined;
      const path = relative(root, join(dirname(importer), id))
        .split(sep)
        .join("/");
      const name = /^data-fetch\/(?:\w+\/)?([\w-]+)\.ts$/.exec(path)?.[1];
      const file = join(library, "stand-ins", `${name}.ts`);
      return name !== undefined && existsSync(file) ? file : undefined;
    },
  },
};

const libraryShims = {
  name: "library-shims",
  resolveId: (id) =>
    id === "node:fs/promises" ? join(library, "node", "fs-promises.ts") : undefined,
};

/** The compiler is loaded as it was published, and lies beside. */
const compiler = {
  name: "compiler",
  resolveId: {
    order: "pre",
    handler: (id, importer) =>
      id === "./typescript.ts" && importer?.startsWith(join(root, "kernel", "language"))
        ? join(page, "typescript.ts")
        : undefined,
  },
};

/** h5wasm asks for the disk where there is one, behind a question that a page answers with no. */
const nodeModulesOfWasm = {
  name: "node-modules-of-wasm",
  resolveId: (id, importer) =>
    importer?.includes("h5wasm") === true && /^(node:|module$|fs$|path$|crypto$|url$)/.test(id)
      ? { id, external: true }
      : undefined,
};

/** A bundle cannot hold what a worker loads by itself: it lies beside. */
const besides = {
  name: "besides",
  transform(code, id) {
    if (id.endsWith(join("table", "to-data-frame.ts")))
      return code.replace("import(name)", `import(${JSON.stringify(entries.danfojs)})`);
    if (!id.endsWith(join("browser", "hdf5.ts"))) return undefined;
    return code.replace(
      'import.meta.resolve("h5wasm")',
      'new URL("./h5wasm.js", import.meta.url).href',
    );
  },
};

const entries = {
  tsrsa: join(library, "tsrsa.ts"),
  io: join(library, "io.ts"),
  plot: join(library, "plot.ts"),
  data: join(library, "data.ts"),
  course: join(library, "course.ts"),
  files: join(library, "use-files.ts"),
  "observable-plot": "@observablehq/plot",
  danfojs: join(root, "node_modules/danfojs/dist/danfojs-browser/src/index.js"),
  h5wasm: join(root, "node_modules/h5wasm/dist/esm/hdf5_hl.js"),
};

/** What danfojs draws and reads spreadsheets with: 5 MB that no notebook of ours asks for. */
const without = {
  name: "without",
  resolveId: (id) =>
    /^(plotly\.js-dist-min|xlsx)$/.test(id)
      ? { id: `\0without:${id}`, external: false }
      : undefined,
  load: (id) =>
    id.startsWith("\0without:") ? "export default undefined; export const __none = 1;" : undefined,
};

export async function buildPage() {
  const workers = [];
  for (const [name, entry] of [
    ["kernel", "kernel-worker.ts"],
    ["cells", "cells-worker.ts"],
    ["language", "language-worker.ts"],
  ])
    workers.push(...(await worker(name, join(page, entry))));
  await worker("sw", join(root, "web", "site", "sw-worker.ts"));
  return [...workers, ...(await modules())];
}

/** What cells may import, in pieces that are loaded when they are needed. */
async function modules() {
  const build = await rolldown({
    input: entries,
    platform: "browser",
    resolve: { conditionNames },
    plugins: [without, standIns, libraryShims, nodeModulesOfWasm, nodeShims, besides],
    treeshake: true,
    preserveEntrySignatures: "strict",
    logLevel: "warn",
  });
  const { output } = await build.write({
    dir: join(out, "lib"),
    format: "esm",
    minify: process.env.TSRSA_PLAIN === undefined,
    comments: { legal: false },
    entryFileNames: "[name].js",
    chunkFileNames: "[name]-[hash].js",
  });
  await build.close();
  return output.flatMap((chunk) => (chunk.type === "chunk" ? chunk.moduleIds : []));
}

async function worker(name, entry) {
  const build = await rolldown({
    input: entry,
    platform: "browser",
    resolve: { conditionNames },
    plugins: [compiler, nodeShims],
    // Where its own files lie a worker is told.
    transform: { inject, define: { "import.meta": "{}" } },
    treeshake: true,
    logLevel: "warn",
  });
  const { output } = await build.write({
    file: join(out, `${name}.js`),
    format: "iife",
    minify: process.env.TSRSA_PLAIN === undefined,
    comments: { legal: false },
    codeSplitting: false,
  });
  await build.close();
  return output.flatMap((chunk) => (chunk.type === "chunk" ? chunk.moduleIds : []));
}
