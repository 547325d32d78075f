// node scripts/student-notebooks.mjs [NAME…]: writes notebooks/student/*.ipynb, the student version of each tutorial as it
// was run on demo data, for code hosts that show notebooks. Pictures are made small; sources stay where they are. Without
// names only those are run whose cells have changed.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";

const top = fileURLToPath(new URL("..", import.meta.url));
const cut = "out/student";
const wanted = process.argv.slice(2);
const names = readdirSync(join(top, "notebooks"))
  .filter((file) => /^\d\d-.*\.ts$/.test(file))
  .map((file) => file.slice(0, -3))
  .filter((name) => wanted.length === 0 || wanted.some((some) => name.startsWith(some)));
const mostBytes = 2e6;

mkdirSync(join(top, "notebooks/student"), { recursive: true });
tsrsa("nb", "student", ...names.map((name) => `notebooks/${name}.ts`), "--out", cut);
for (const name of names) {
  if (wanted.length === 0 && isCurrent(name)) continue;
  tsrsa("run", "--no-check", `${cut}/${name}.ts`, "--out", `${cut}/runs/${name}`);
  const [student, ran] = [`${name}.ipynb`, `runs/${name}/${name}.ipynb`].map(notebookOf);
  const text = `${JSON.stringify(await withOutputs(student, ran), null, 1)}\n`;
  if (text.length > mostBytes)
    throw new Error(`${name} has ${text.length} bytes, at most ${mostBytes}`);
  writeFileSync(join(top, "notebooks/student", `${name}.ipynb`), text);
  console.log(`${name}: ${(text.length / 1000).toFixed(0)} kB`);
}
rmSync(join(top, cut), { recursive: true });

function tsrsa(...words) {
  const { status } = spawnSync(process.execPath, ["dist/cli/main.js", ...words], {
    cwd: top,
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, TSRSA_DATA_DIR: join(top, "out/student-data"), TSRSA_OFFLINE: "1" },
  });
  if (status !== 0) throw new Error(`tsrsa ${words.join(" ")} ended with ${status}`);
}

/** Whether the cells are those of the version as it is cut today. */
function isCurrent(name) {
  const path = join(top, "notebooks/student", `${name}.ipynb`);
  return existsSync(path) && cellsOf(path) === cellsOf(join(top, cut, `${name}.ipynb`));
}

function cellsOf(path) {
  const { cells } = JSON.parse(readFileSync(path, "utf8"));
  return JSON.stringify(cells.map(({ cell_type, source }) => [cell_type, source]));
}

/** The student version with what running it gave, in small and without times. */
async function withOutputs({ cells, ...rest }, ran) {
  const written = [];
  for (const [at, cell] of cells.entries()) {
    const { outputs, execution_count } = ran.cells[at];
    if (outputs === undefined) written.push(cell);
    else
      written.push({
        ...cell,
        execution_count,
        outputs: await Promise.all(outputs.map(smallOutput)),
      });
  }
  return { cells: written, ...rest };
}

function notebookOf(path) {
  return JSON.parse(readFileSync(join(top, cut, path), "utf8"));
}

async function smallOutput(output) {
  // Where a blank stands in a file that was removed again tells nobody anything.
  if (output.output_type === "error") return { ...output, traceback: output.traceback.slice(0, 1) };
  if (output.data === undefined) return output;
  const shown = ["image/png", "image/svg+xml", "text/html", "text/plain", "text/markdown"];
  const data = Object.fromEntries(
    Object.entries(output.data).filter(([mime]) => shown.includes(mime)),
  );
  if (data["image/png"] === undefined) return { ...output, data };
  delete data["image/svg+xml"];
  // What turns and slides lives on scripts, which hosts do not run: the picture is what they show.
  if (JSON.stringify(data["text/html"] ?? "").length > 20_000) delete data["text/html"];
  const png = await sharp(Buffer.from(data["image/png"], "base64"))
    .resize({ width: 600, withoutEnlargement: true })
    .png({ palette: true, colours: 64, effort: 10, compressionLevel: 9 })
    .toBuffer();
  data["image/png"] = `${png.toString("base64")}\n`;
  return { ...output, data };
}
