import { mkdir } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import type { CutCell, Version } from "../../kernel/notebook/cut-version.ts";
import { formatIpynb, toIpynb } from "../../kernel/notebook/ipynb.ts";
import { formatPercent } from "../../kernel/notebook/percent.ts";
import { writeText } from "../../src/core/write-text.ts";
import { checkOutput, checkOwnFolder } from "../check-output.ts";
import { packageVersion } from "../package-version.ts";
import { renderPage } from "../page/page.ts";
import { withoutFigureData } from "../run/bundles.ts";
import { startsOf, versionOf } from "../run/cut.ts";
import type { NotebookFile } from "../run/find-notebook.ts";
import { readNotebook } from "../run/find-notebook.ts";
import { injectParameters, parameterNames, readParameters } from "../run/parameters.ts";
import { makeRecord } from "../run/record.ts";
import { terminalReporter } from "../run/reporter.ts";
import { execute } from "../run/run-command.ts";
import { hasSlides, renderSlides } from "../slides/render-slides.ts";
import { withoutSlides } from "../slides/without-slides.ts";
import { UsageError, WorkFailed } from "../usage-error.ts";
import type { SitePage } from "./index-page.ts";
import { BuiltDocs } from "./docs-beside.ts";
import { executedNotebook } from "./executed.ts";
import { introOf, renderIndex } from "./index-page.ts";
import { writeLiveFiles } from "./live-files.ts";
import { serveSite } from "./serve.ts";
import { zipFolder } from "./zip.ts";

export interface SiteOptions {
  readonly out: string;
  readonly version: Version;
  readonly withSolutions: boolean;
  /** `name=value` pairs, for the notebooks that have a parameter of the name. */
  readonly parameters: readonly string[];
  readonly title: string;
  readonly serve: boolean;
  readonly zip: boolean;
  /** Run every notebook in Chromium too, and compare. */
  readonly check: boolean;
}

/**
 * Runs notebooks and writes a folder of pages that any host can serve below any path, and that opens by a double click:
 * text, code and results, with the notebooks to download. Throws `WorkFailed` when a cell failed; the other pages are
 * written all the same.
 */
export async function siteCommand(given: readonly string[], options: SiteOptions): Promise<void> {
  const files = once(given.map(readNotebook));
  refuseTwins(files);
  const out = resolve(options.out);
  const own = files.find(({ folder }) => folder === out);
  if (own !== undefined)
    throw new UsageError(`--out ${options.out} is the folder of ${own.name}; name another`);
  const endings = [".html", ".ts", ".ipynb", ".executed.ipynb", ".slides.html"];
  const names = files.flatMap(({ name }) => endings.map((ending) => name + ending));
  await checkOwnFolder(out, [...names, "index.html", "live.html", "sw.js", "docs"], {
    ...{ mark: "site.json", inputs: files.map(({ path }) => path) },
  });
  if (options.zip) await checkOutput(`${out}.zip`, []);
  await mkdir(out, { recursive: true });
  const docs = await BuiltDocs.find();
  const pages: MadePage[] = [];
  for (const file of files) pages.push(await makePage(file, out, { ...options, docs }));
  await writeText(join(out, "index.html"), renderIndex(options.title, pages, docs !== undefined));
  await docs?.copyInto(out, pages);
  await writeLiveFiles(out, options.title, pages);
  if (options.zip) await zipFolder(out, `${out}.zip`);
  const where = relative(process.cwd(), out) || out;
  console.log(
    `\nthe site is ${join(where, "index.html")}${options.zip ? `, and ${where}.zip` : ""}`,
  );
  const failed = pages.filter(({ status }) => status === "error").map(({ name }) => name);
  if (failed.length > 0) throw new WorkFailed(`a cell failed in ${failed.join(", ")}`);
  if (options.check) {
    const { checkSite } = await import("./check/check-site.ts");
    await checkSite(out, pages);
  }
  if (options.serve) await serveSite(out);
}

/** Of a script and the .ipynb beside it, which a pattern names both, the script counts. */
function once(files: readonly NotebookFile[]): NotebookFile[] {
  const scripts = new Set(files.filter(({ path }) => path.endsWith(".ts")).map(({ path }) => path));
  const chosen = files.filter(
    ({ path }) => !scripts.has(path.replace(/\.ipynb$/, ".ts")) || scripts.has(path),
  );
  return [...new Map(chosen.map((file) => [file.path, file])).values()];
}

/** Two notebooks of one name would be one page. */
function refuseTwins(files: readonly NotebookFile[]): void {
  const twice = files.find(({ name }, i) => files.findIndex((other) => other.name === name) < i);
  if (twice === undefined && !files.some(({ name }) => name === "index")) return;
  throw new UsageError(
    twice === undefined
      ? "a notebook cannot be called index: that is the first page of the site"
      : `two notebooks are called ${twice.name}; a site has one page of a name`,
  );
}

/** A page with the length of the notebook that it shows when it is live. */
type MadePage = SitePage & {
  readonly bytes: number;
  readonly title: string;
  /** The headings, for the search. */
  readonly words: string;
  readonly reference?: string | undefined;
};

async function makePage(
  file: NotebookFile,
  out: string,
  options: SiteOptions & { readonly docs: BuiltDocs | undefined },
): Promise<MadePage> {
  const { version, withSolutions, docs } = options;
  const cut = versionOf(file, version, withSolutions);
  const whole = versionOf(file, version, withSolutions, true);
  const all = withParameters(whole, options.parameters);
  console.log(`${file.name}:`);
  const started = new Date();
  const lecture = await execute({ ...file, cells: all }, all, terminalReporter(all));
  const finished = new Date();
  const done = withoutSlides(lecture);
  const { cells } = done;
  const inputs = { notebook: file, run: done, started, finished, figures: [] };
  const record = await makeRecord({ ...inputs, version: packageVersion() });
  const shown = withoutFigureData(done);
  const page = renderPage(
    done,
    record,
    file.folder,
    navigation(file.name, hasSlides(all)) + docsLinks(docs, cells),
  );
  await writeText(join(out, `${file.name}.html`), page);
  if (hasSlides(all))
    await writeText(join(out, slidesOf(file.name)), renderSlides(lecture, record, file.folder));
  await writeNotebooks(out, file.name, cut);
  const executed = executedNotebook(cells, shown);
  await writeText(join(out, `${file.name}.executed.ipynb`), executed);
  const { status, seconds, memoryMb } = record;
  const reference = options.check ? await withoutNetworks(file, cells, options) : undefined;
  const { title = file.name, intro } = introOf(cells);
  const about = { name: file.name, title, intro, words: headingsOf(cells) };
  return { ...about, status, seconds, memoryMb, bytes: executed.length, reference };
}

/** What Node gives where no network is trained, as in a page: for a notebook that can leave them out. */
async function withoutNetworks(
  file: NotebookFile,
  cells: readonly CutCell[],
  { parameters }: SiteOptions,
): Promise<string | undefined> {
  const isAsked = parameters.some((pair) => pair.startsWith("networks="));
  if (isAsked || !parameterNames(cells).includes("networks")) return undefined;
  console.log(`${file.name}, without networks as in a page:`);
  const plain = injectParameters(cells, { networks: false });
  const done = await execute({ ...file, cells: plain }, plain, terminalReporter(plain));
  return executedNotebook(plain, withoutFigureData(done));
}

/** What is downloaded is to be run: it has no outputs. */
async function writeNotebooks(out: string, name: string, cut: readonly CutCell[]): Promise<void> {
  await writeText(join(out, `${name}.ts`), formatPercent(cut));
  await writeText(join(out, `${name}.ipynb`), formatIpynb(toIpynb(cut, startsOf(cut))));
}

function withParameters(cells: readonly CutCell[], pairs: readonly string[]) {
  const known = parameterNames(cells);
  const wanted = Object.entries(readParameters(pairs, process.cwd()));
  return injectParameters(
    cells,
    Object.fromEntries(wanted.filter(([name]) => known.includes(name))),
  );
}

function headingsOf(cells: readonly CutCell[]): string {
  const text = cells.filter(({ kind }) => kind === "markdown").map(({ source }) => source);
  const headings = [...text.join("\n").matchAll(/^#{2,3} (.+)$/gm)];
  return headings.map(([, words]) => words.replace(/[`*]/g, "")).join(" ");
}

function docsLinks(docs: BuiltDocs | undefined, cells: readonly CutCell[]): string {
  if (docs === undefined) return "";
  const all = `<p class="site"><a href="docs/index.html">Reference, how-to pages and glossary</a></p>`;
  return all + docs.links(cells);
}

function slidesOf(name: string): string {
  return `${name}.slides.html`;
}

function navigation(name: string, withSlides: boolean): string {
  const file = encodeURIComponent(name);
  const slides = withSlides ? `<a href="${slidesOf(file)}">Slides</a> ` : "";
  return (
    '<p class="site"><a href="index.html">All notebooks</a> ' +
    `<a class="run" href="live.html?path=${file}.ipynb">▶ Run and change it here</a> ` +
    `${slides}<span>or download <a href="${file}.ipynb" download>.ipynb</a>, ` +
    `<a href="${file}.ts" download>.ts</a> and open it with <code>npx tsrsa lab</code></span></p>`
  );
}
