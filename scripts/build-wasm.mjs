// Compiles the AssemblyScript kernels into src/compute/wasm-binary.ts. Committed, so that tests run from source
// without a build; it is rebuilt only when the sources have changed, which the hash in it tells. The compiler weighs
// 100 MB and is no dependency: `npm run build:wasm` fetches it once into a folder of its own.
import { createHash } from "node:crypto";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "./run.mjs";

const VERSION = "0.28.20";
/** Where the compiler is fetched to. */
const fetched = join(tmpdir(), `tsrsa-assemblyscript-${VERSION}`);
const sources = join(root, "src/compute/assembly");
const layouts = join(root, "src/compute/layouts.ts");
const target = join(root, "src/compute/wasm-binary.ts");
// prettier-ignore
const options = [
  "-O3", "--noAssert", "--runtime", "stub", "--enable", "simd", "--enable", "threads", "--importMemory",
  "--sharedMemory", "--initialMemory", "1", "--maximumMemory", "65536", "--use", "abort=",
];

/** The names of `layouts.ts` as the assembly reads them: one enumeration a layout, its numbers the places. */
export function layoutsText() {
  const found = readText(layouts).matchAll(/^ {2}(\w+): \[([^\]]*)\]/gm);
  const enums = [...found].map(([, name, list]) => {
    const names = list.match(/\w+/g).join(", ");
    return `export const enum ${name[0].toUpperCase()}${name.slice(1)} { ${names} }\n`;
  });
  return `// Made by scripts/build-wasm.mjs from src/compute/layouts.ts; do not edit.\n${enums.join("")}`;
}

/** Hash of everything the binary is made from; line ends do not count. */
export function sourceHash() {
  const hash = createHash("sha256").update(options.join(" "));
  for (const name of readdirSync(sources).sort()) {
    hash.update(name).update(readFileSync(join(sources, name), "utf8").replaceAll("\r\n", "\n"));
  }
  return hash.digest("hex");
}

/** Brings the committed binary up to date; `fetch`: also when the compiler has to be had first. */
export function buildWasm({ fetch = false } = {}) {
  const names = join(sources, "layouts.ts");
  if (readText(names) !== layoutsText()) writeFileSync(names, layoutsText());
  const hash = sourceHash();
  if (readText(target).includes(hash)) return;
  if (fetch) fetchCompiler();
  writeFileSync(target, moduleText(hash, compile()));
}

/** The binary of the sources as they are, in base64. */
export function compile() {
  const folder = mkdtempSync(join(tmpdir(), "tsrsa-wasm-"));
  try {
    const binary = join(folder, "kernels.wasm");
    const args = ["src/compute/assembly/index.ts", ...options, "--outFile", binary];
    const { status } = spawnSync(process.execPath, [neededCompiler(), ...args], {
      cwd: root,
      stdio: "inherit",
    });
    if (status !== 0) throw new Error("the kernels do not compile; see the message above");
    return readFileSync(binary).toString("base64");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The compiler's script, in this checkout or fetched before; undefined when there is none. */
export function findCompiler() {
  const asc = "node_modules/assemblyscript/bin/asc.js";
  return [join(root, asc), join(fetched, asc)].find((path) => existsSync(path));
}

function neededCompiler() {
  const compiler = findCompiler();
  if (compiler !== undefined) return compiler;
  throw new Error("the kernels have changed and need their compiler: npm run build:wasm");
}

function fetchCompiler() {
  if (findCompiler() !== undefined) return;
  const args = ["install", "--prefix", fetched, "--ignore-scripts", `assemblyscript@${VERSION}`];
  const { status } = spawnSync("npm", args, {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error("the compiler could not be fetched; see the message above");
}

function readText(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function moduleText(hash, base64) {
  return [
    "// Made by scripts/build-wasm.mjs from src/compute/assembly; do not edit.",
    "/** SHA-256 of the sources and compiler options this binary was made from. */",
    `export const wasmSourceHash = "${hash}";`,
    "/** The compiled kernels. */",
    "export const wasmBase64: string =",
    `  "${base64}";`,
    "",
  ].join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  buildWasm({ fetch: process.argv.includes("--fetch") });
