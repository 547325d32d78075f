import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { writeText } from "../../src/core/write-text.ts";
import { packageRoot } from "../package-version.ts";
import { checkFolder } from "../check-output.ts";
import { UsageError } from "../usage-error.ts";

/** Makes a folder with a notebook, a tsconfig and a package.json. Throws `UsageError` when it holds anything. */
export async function makeProject(given: string): Promise<void> {
  const folder = resolve(given);
  await checkFolder(folder);
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new UsageError(`${given} is not empty; name a folder that is not there yet`);
  mkdirSync(folder, { recursive: true });
  const name = basename(folder)
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, "-")
    .replace(/^-+|-+$/g, "");
  await writeText(join(folder, "analysis.ts"), notebook);
  await writeText(join(folder, "tsconfig.json"), json(tsconfig));
  await writeText(
    join(folder, "package.json"),
    json(manifest(name === "" ? "analysis" : name, folder)),
  );
  const where = relative(process.cwd(), folder) || ".";
  console.log(`made ${join(where, "analysis.ts")}, tsconfig.json and package.json\n`);
  console.log(`  npx tsrsa run ${join(where, "analysis.ts")}    run it, and write a page`);
  console.log(`  npx tsrsa lab ${where}    open it in the browser`);
}

function json(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** The package is found by a path until it is in a registry. */
function manifest(name: string, folder: string): object {
  const path = relative(folder, packageRoot()).replaceAll("\\", "/");
  return { name, private: true, type: "module", dependencies: { tsrsa: `file:${path}` } };
}

const tsconfig = {
  compilerOptions: {
    target: "ES2022",
    module: "NodeNext",
    moduleDetection: "force",
    strict: true,
    noEmit: true,
    skipLibCheck: true,
  },
  include: ["*.ts"],
};

const notebook = `// %% [markdown]
// # My analysis
//
// A line \`// %%\` begins a cell, \`// %% [markdown]\` one of text. \`npx tsrsa run analysis.ts\` runs all of it.

// %% tags=["parameters"]
// Change it here, or by \`-p seed=2\`.
let seed = 1;

// %% [markdown]
// ## Data: in place of yours, four patterns of six features

// %%
import { computeRdm, plotRdms, random } from "tsrsa";

const items = ["cat", "dog", "car", "house"];
const { normal } = random(seed);
const patterns = items.map((_, at) =>
  Array.from({ length: 6 }, (__, feature) => (at < 2 ? feature : -feature) + normal()),
);
const brain = computeRdm(patterns, { items, name: "brain" });
plotRdms(brain, { itemLabels: true });

// %% [markdown]
// ## A model: animals against things

// %%
import { categoryRdm, report, rsa } from "tsrsa";

const model = categoryRdm(["animal", "animal", "thing", "thing"], {
  items,
  name: "animals and things",
});
report("Spearman's ρ with the model", rsa(brain, model).single());
`;
