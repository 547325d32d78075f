// Joins what each process of the kernel starts with into one file, in the place of the entry that the compiler wrote:
// a kernel is ready in half the time when Node finds one file and not sixty.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync } from "oxc-parser";
import { rolldown } from "rolldown";
import { root } from "./run.mjs";

const entries = ["kernel/executor/main", "kernel/server/start"];
/** Loaded later, or in a thread of their own: these stay files. Paths are as the entries see them. */
const apart = [
  [/\/tslab\.js$/, "../tslab/tslab.js"],
  [/\/is-complete\.ts$/, "./is-complete.js"],
  [/\/language\/language\.ts$/, "../language/language.js"],
];

export async function buildKernel() {
  for (const entry of entries) await joined(entry);
}

async function joined(entry) {
  const build = await rolldown({
    input: join(root, `${entry}.ts`),
    platform: "node",
    resolve: { conditionNames: ["tsrsa-source", "node", "import"] },
    // What differs between Node and a page is found by its condition, and joined too.
    external: (id) => !/^(?:[./]|#kernel\/)/.test(id),
    plugins: [{ name: "apart", resolveId }],
    logLevel: "warn",
  });
  await build.write({
    file: join(root, "dist", `${entry}.js`),
    format: "esm",
    codeSplitting: false,
  });
  await build.close();
  keepOwnCopies(join(root, "dist", `${entry}.js`));
}

/** What a cell may put something else for on `globalThis`, as libraries with a Promise of their own do. */
const ofTheRealm = [
  ...["Object", "Function", "Array", "Map", "Set", "WeakMap", "WeakSet", "WeakRef", "Symbol"],
  ...["Error", "TypeError", "RangeError", "ReferenceError", "SyntaxError", "AggregateError"],
  ...["Promise", "JSON", "Math", "Number", "String", "Boolean", "BigInt", "Date", "RegExp"],
  ...["Reflect", "Proxy", "ArrayBuffer", "SharedArrayBuffer", "DataView", "Atomics", "Uint8Array"],
  ...["Int32Array", "Float64Array", "BigInt64Array", "BigUint64Array", "FinalizationRegistry"],
  ...["Int8Array", "Int16Array", "Uint16Array", "Uint32Array", "Uint8ClampedArray", "Float32Array"],
  ...["EvalError", "URIError", "Buffer", "URL", "TextEncoder", "TextDecoder", "queueMicrotask"],
  ...["performance", "structuredClone", "process"],
];

/** Lets the kernel's own code go on with the realm as it was at the start, whatever cells do to it. */
function keepOwnCopies(path) {
  const code = readFileSync(path, "utf8");
  const declared = topLevelNames(parseSync(path, code).program);
  const names = ofTheRealm.filter((name) => !declared.has(name));
  const kept = `const { ${names.join(", ")} } = globalThis;\n${code}`;
  const { errors } = parseSync(path, kept);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0].message}`);
  writeFileSync(path, kept);
}

/** The names that a file declares or imports at its top level. */
function topLevelNames({ body }) {
  return new Set(
    body.flatMap((node) => [
      ...(node.declarations ?? []).map(({ id }) => id?.name),
      ...(node.type === "ExportNamedDeclaration" ? [] : [node.id?.name]),
      ...(node.specifiers ?? []).map(({ local }) => local?.name),
    ]),
  );
}

function resolveId(id) {
  const [, path] = apart.find(([pattern]) => pattern.test(id)) ?? [];
  return path === undefined ? undefined : { id: path, external: true };
}
