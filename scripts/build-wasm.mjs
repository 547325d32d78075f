// Compiles the AssemblyScript kernels into src/compute/wasm-binary.ts. Committed, so that tests run from source
// without a build; it is rebuilt only when the sources have changed, which the hash in it tells.
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root, run } from "./run.mjs";

const sources = join(root, "src/compute/assembly");
const target = join(root, "src/compute/wasm-binary.ts");
// prettier-ignore
const options = [
  "-O3", "--noAssert", "--runtime", "stub", "--enable", "simd", "--enable", "threads", "--importMemory",
  "--sharedMemory", "--initialMemory", "1", "--maximumMemory", "65536", "--use", "abort=",
];

/** Hash of everything the binary is made from; line ends do not count. */
export function sourceHash() {
  const hash = createHash("sha256").update(options.join(" "));
  for (const name of readdirSync(sources).sort()) {
    hash.update(name).update(readFileSync(join(sources, name), "utf8").replaceAll("\r\n", "\n"));
  }
  return hash.digest("hex");
}

export function buildWasm() {
  const hash = sourceHash();
  if (readText(target).includes(hash)) return;
  const folder = mkdtempSync(join(tmpdir(), "tsrsa-wasm-"));
  try {
    const binary = join(folder, "kernels.wasm");
    run("assemblyscript/bin/asc.js", [
      "src/compute/assembly/index.ts",
      ...options,
      "--outFile",
      binary,
    ]);
    writeFileSync(target, moduleText(hash, readFileSync(binary).toString("base64")));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
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
    "export const wasmBase64 =",
    `  "${base64}";`,
    "",
  ].join("\n");
}
