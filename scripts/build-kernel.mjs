// Joins what each process of the kernel starts with into one file, in the place of the entry that the compiler wrote:
// a kernel is ready in half the time when Node finds one file and not sixty.
import { join } from "node:path";
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
}

function resolveId(id) {
  const [, path] = apart.find(([pattern]) => pattern.test(id)) ?? [];
  return path === undefined ? undefined : { id: path, external: true };
}
