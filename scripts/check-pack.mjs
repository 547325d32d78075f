// node scripts/check-pack.mjs [20 22 24]: the packed file, installed as a user would into an empty folder, on this Node and
// on those named: its size, the command line, a figure, an HDF5 file, a notebook. Needs dist/ (npm run build).
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { compiled, doors } from "./build-library.mjs";
import { installNode, npm } from "./node-versions.mjs";
import { run as runScript } from "./run.mjs";

// The library and the kernel have 1.5 MB of it, the front end of lab and site 5 MB.
const MOST_BYTES = 6.5e6;
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = mkdtempSync(join(tmpdir(), "tsrsa-pack-"));
const failed = [];

const notebook = `// %% [markdown]
// # One figure
// %%
import { computeRdm, plotRdms } from "tsrsa";
const rdm = computeRdm([[1, 2, 3], [3, 1, 2], [2, 5, 1]]);
plotRdms(rdm);
`;
const script = `import { computeRdm, plotRdms } from "tsrsa";
import { openHdf5, writeHdf5 } from "tsrsa/io";
import { writeFileSync } from "node:fs";
const rdm = computeRdm([[1, 2, 3], [3, 1, 2], [2, 5, 1]]);
writeFileSync("rdm.png", await plotRdms(rdm).png());
await writeHdf5("rdm.h5", { d: { data: rdm.condensed, shape: [3] } });
const file = await openHdf5("rdm.h5");
const { data } = await file.read("d");
await file.close();
console.log(JSON.stringify([...data]) === JSON.stringify([...rdm.condensed]) ? "equal" : "different");
`;

try {
  const packed = pack();
  check(
    `packed in ${Math.round(packed.bytes / 1000)} kB, at most ${MOST_BYTES / 1000}`,
    packed.bytes <= MOST_BYTES,
  );
  check(
    "no file of it lies there twice, no source map",
    !packed.names.some((name) => /\.map$|\.ts$(?<!\.d\.ts)/.test(name)),
  );
  check(
    "what the README links to is in it",
    deadLinks(packed.names).length === 0,
    deadLinks(packed.names).join(", "),
  );
  check("the documentation is in it", packed.names.includes("dist/docs/index.html"));
  for (const door of doors) check(`${door} hands on what the compiler wrote`, await handsOn(door));
  mkdirSync(join(folder, "user"));
  const user = join(folder, "user");
  writeFileSync(join(user, "package.json"), '{ "type": "module" }');
  writeFileSync(join(user, "use.mjs"), script);
  writeFileSync(join(user, "figure.ts"), notebook);
  npm(["install", "--no-audit", "--no-fund", packed.file], user);
  for (const version of ["", ...process.argv.slice(2)]) tryOn(version, user);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failed.length === 0 ? 0 : 1;

/** Whether rooms in one file export what their files did: no name lost, and none of a room's own added. */
async function handsOn(door) {
  const [joined, plain] = await Promise.all(
    [join(root, "dist"), compiled].map(
      (from) => import(pathToFileURL(join(from, `${door}.js`)).href),
    ),
  );
  return Object.keys(joined).sort().join() === Object.keys(plain).sort().join();
}

/** As `npm pack` does it: the documentation is built first. */
function pack() {
  runScript("./scripts/docs.mjs", []);
  const [{ filename, size, files }] = JSON.parse(
    npm(["pack", "--json", "--ignore-scripts", "--pack-destination", folder], root),
  );
  return { file: join(folder, filename), bytes: size, names: files.map(({ path }) => path) };
}

function deadLinks(names) {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const links = [...readme.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map((match) => match[1]);
  return links.filter(
    (link) => !names.some((name) => name === link || name.startsWith(`${link}/`)),
  );
}

function tryOn(version, cwd) {
  const node = version === "" ? process.execPath : installNode(version, folder);
  const on = version === "" ? `Node ${process.versions.node}` : `Node ${version}`;
  const cli = join(cwd, "node_modules/tsrsa/dist/cli/main.js");
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ""}` };
  const run = (...args) => spawnSync(node, args, { cwd, env, encoding: "utf8" });
  const says = ({ status, stdout, stderr }) => `${status}: ${stdout}${stderr}`;
  for (const name of ["rdm.png", "rdm.h5", "out"])
    rmSync(join(cwd, name), { recursive: true, force: true });
  const versionLine = run(cli, "--version");
  check(`${on}: --version`, versionLine.status === 0, says(versionLine));
  const doctor = run(cli, "doctor");
  check(`${on}: doctor`, doctor.status === 0, says(doctor));
  const used = run("use.mjs");
  check(
    `${on}: a PNG and an HDF5 file`,
    used.stdout === "equal\n" && statSync(join(cwd, "rdm.png")).size > 1000,
    says(used),
  );
  const ran = run(cli, "run", "figure.ts", "--out", "out");
  check(
    `${on}: a notebook`,
    ran.status === 0 && existsSync(join(cwd, "out/figure.html")),
    says(ran),
  );
}

function check(what, good, found = "") {
  console.log(`${good ? "passed" : "FAILED"}: ${what}`);
  if (good) return;
  failed.push(what);
  if (found !== "") console.log(found);
}
