// Writes dist/src, dist/data-fetch and dist/course from what the compiler wrote into .build/: a few files in place of
// one a concept, since Node takes a second to find a thousand files. What somebody imports by its own path stays a file of
// that name which hands on; types stay as they were.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { rolldown } from "rolldown";
import { root } from "./run.mjs";

export const compiled = join(root, ".build");
const dist = join(root, "dist");
const rooms = ["src", "data-fetch", "course"];
/** What users import, see "exports" in package.json. */
export const doors = [
  "src/index",
  "src/io/index",
  "src/plot/index",
  "data-fetch/index",
  "course/index",
];

export async function buildLibrary() {
  for (const side of ["node", "browser"]) joinPlatform(side);
  for (const room of [...rooms, "cli", "kernel"]) copy(room);
  const build = await rolldown({
    input: Object.fromEntries(entries().map((name) => [name, join(compiled, `${name}.js`)])),
    platform: "neutral",
    // Rooms hand each other names of their own; the doors are compared in scripts/check-pack.mjs.
    preserveEntrySignatures: "allow-extension",
    external: (id) => !/^[./]|^#platform\//.test(id),
    plugins: [onePlatform],
    logLevel: "warn",
  });
  await build.write({
    dir: dist,
    format: "esm",
    // What is said of a name stands in its types; of what is read at each start a third is comments.
    comments: { legal: true, annotation: true, jsdoc: false },
    entryFileNames: "[name].js",
    chunkFileNames: ({ name }) =>
      name === TWINS ? `${platform}/node/${name}.js` : `src/rooms/${name}.js`,
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [{ name: roomOf, debugName: "rooms" }],
    },
  });
  await build.close();
}

/** What Node needs of one file each in the sources: all are needed at once, and a file costs a millisecond. */
const TWINS = "twins";
const platform = "src/core/platform";

/**
 * Neighbouring rooms that are needed together are one file, for each name that goes from file to file costs too. Files and
 * tables are read without the rest.
 */
const storeys = [
  ["numbers", ["linalg", "compute", "stats", "table", "rdm", "rsa", "simulate", "searchlight"]],
  ["recordings", ["surface", "meg", "sources", "mri"]],
  ["further", ["encoding", "fusion", "pairs", "networks"]],
  ["figures", ["plot", "report"]],
];

/** Rooms ask one file for all that differs between Node and a page. */
const onePlatform = {
  name: "one-platform",
  resolveId: (id) =>
    id.startsWith("#platform/") ? { id: "#platform/all", external: true } : undefined,
};

/** A file that hands on what all twins of a side have. */
function joinPlatform(side) {
  const names = readdirSync(join(compiled, platform, side)).filter(
    (name) =>
      /(?<!\.d)\.js$/.test(name) && name !== "all.js" && hasSource(join(platform, side, name)),
  );
  const lines = names.map((name) => `export * from "./${name}";\n`);
  writeFileSync(join(compiled, platform, side, "all.js"), lines.join(""));
}

/** Types of all, and the files that are not joined here. */
function copy(room) {
  rmSync(join(dist, room), { recursive: true, force: true });
  const kept = rooms.includes(room) ? /\.d\.ts$/ : /\.(d\.ts|js)$/;
  for (const name of filesOf(join(compiled, room))) {
    if (!kept.test(name) || !hasSource(join(room, name))) continue;
    mkdirSync(dirname(join(dist, room, name)), { recursive: true });
    cpSync(join(compiled, room, name), join(dist, room, name));
  }
}

/** What an earlier build made of sources that are gone is no part of this one. */
function hasSource(name) {
  return existsSync(join(root, name.replace(/(\.d\.ts|\.js)$/, ".ts")));
}

/** The file that a module goes into; those of a page's platform stay by themselves, for bundlers take what is used. */
function roomOf(id) {
  const parts = relative(compiled, id).split(sep);
  if (parts[0] === "src" && parts[2] === "platform")
    return parts[3] === "node" && parts.at(-1) !== "all.js" ? TWINS : null;
  // The command line names engines before it knows whether one is asked for.
  if (parts.join("/") === "src/engine/engine-options.js") return null;
  if (parts[0] === "data-fetch" && parts[1] === "demo" && parts.length > 3)
    return `demo-${parts[2]}`;
  if (parts[0] !== "src" || parts.length === 2) return `${parts[0]}-top`;
  return storeys.find(([, rooms]) => rooms.includes(parts[1]))?.[0] ?? parts[1];
}

/** Files of the rooms that something outside imports by their path. */
function entries() {
  const names = new Set(doors);
  for (const name of filesOf(join(compiled, "src/core/platform")))
    if (/(?<!\.d)\.js$/.test(name)) names.add(`src/core/platform/${name.slice(0, -3)}`);
  for (const room of ["cli", "kernel"])
    for (const name of filesOf(join(compiled, room)))
      if (name.endsWith(".js")) addImports(join(compiled, room, name), names);
  for (const folder of ["bench", "scripts"])
    for (const name of filesOf(join(root, folder)))
      if (name.endsWith(".mjs")) addMentions(join(root, folder, name), names);
  return [...names]
    .map((name) => name.split(sep).join("/"))
    .filter((name) => hasSource(`${name}.js`) || name.endsWith("/all"));
}

function addImports(file, names) {
  for (const [, path] of readFileSync(file, "utf8").matchAll(
    /(?:from|import\()\s*"(\.[^"]+)\.js"/g,
  )) {
    const name = relative(compiled, resolve(dirname(file), path));
    if (rooms.includes(name.split(sep)[0])) names.add(name);
  }
}

/** Benches and checks measure parts of the library by their paths. */
function addMentions(file, names) {
  const text = readFileSync(file, "utf8");
  for (const [, name] of text.matchAll(/library\("([^"]+)\.js"\)/g)) names.add(`src/${name}`);
  for (const [, name] of text.matchAll(/dist\/(src\/[\w/-]+)\.js"/g)) names.add(name);
}

function filesOf(folder) {
  return readdirSync(folder, { recursive: true, encoding: "utf8" });
}
