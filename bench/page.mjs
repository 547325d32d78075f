// docs/bench.md and the paragraph on speed in README.md, both from docs/bench.json: `node bench/page.mjs` writes them,
// and test/bench-page.test.ts refuses a page whose figures are others.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const at = (path) => new URL(`../${path}`, import.meta.url);
const marks = ["<!-- from docs/bench.json -->", "<!-- end -->"];

/** More than this share of a core, taken by others before a row, disturbs it. */
export const QUIET = 0.3;

/** Writes both pages from docs/bench.json. */
export function writePages() {
  const bench = JSON.parse(readFileSync(at("docs/bench.json"), "utf8"));
  writeFileSync(at("docs/bench.md"), pageOf(bench));
  const readme = readFileSync(at("README.md"), "utf8");
  writeFileSync(at("README.md"), withSpeed(readme, bench));
}

/** The page of all rows, as Markdown. */
export function pageOf({ machine, rows, start }) {
  const busiest = Math.max(...rows.map(({ busyCores = 0 }) => busyCores));
  const busy = rows.filter(({ busyCores }) => busyCores > QUIET);
  return `# Bench

Made by \`npm run bench\` on ${machine.cpu.trim()}, ${machine.cores} cores, Node ${machine.node}; ${versionsOf(rows)}. Medians (minima) of rounds in which both sides ran in turn, after calls that are not counted; the first call stands apart. A row waits until other programs leave the cores alone: ${
    busy.length === 0
      ? `they took at most ${busiest.toFixed(2)} of a core before a row began`
      : `${listed(busy.map(({ name }) => name))} began all the same while they took up to ${busiest.toFixed(2)} of a core, so times with two threads say little there, and the ratio of CPU times on one thread is the fairest`
  }.

${tableOf(rows)}

${missedOf(rows)}

Against:

${rows.map(againstOf).join("\n")}
${start === undefined ? "" : startOf(start)}`;
}

/** The rows as a table in Markdown. */
export function tableOf(rows) {
  const head = [
    "| row | threads | ours, ms (min) | CPU ms | first call, ms | against, ms (min) | ratio | of minima | of least CPU | to reach | largest error | memory beside input, MB |",
    "|---|---|---|---|---|---|---|---|---|---|---|---|",
  ];
  const lines = rows.flatMap((row) => row.ours.map((own, k) => lineOf(row, own, k === 0)));
  return [...head, ...lines].join("\n");
}

function lineOf(row, own, first) {
  const cells = [
    `${row.name}: ${row.title}`,
    own.threads,
    `${show(own.wallMs.median)} (${show(own.wallMs.min)})`,
    show(own.cpuMs.median),
    first && row.firstCallMs !== undefined ? show(row.firstCallMs) : "",
    ...(row.against === undefined
      ? ["", "", "", ""]
      : [
          `${show(row.against.wallMs.median)} (${show(row.against.wallMs.min)})`,
          `${own.ratio.toFixed(1)}×`,
          `${own.ratioOfMinima.toFixed(1)}×`,
          own.threads === 1 ? `${own.ratioOfCpu.toFixed(1)}×` : "",
        ]),
    toReach(row, own),
    row.maxError === undefined ? "" : row.maxError.toExponential(1),
    row.extraMb.toFixed(0),
  ];
  return `| ${cells.join(" | ")} |`;
}

/** A ratio against the peer; of a row without one the most CPU that it may take. */
function toReach({ limitMs }, own) {
  if (own.target !== undefined) return `${own.target}×${reached(own) ? "" : " (missed)"}`;
  if (limitMs === undefined) return "";
  return `≤ ${limitMs} ms CPU${own.cpuMs.min <= limitMs ? "" : " (missed)"}`;
}

function reached({ target, ratioOfMinima }) {
  return ratioOfMinima === undefined || ratioOfMinima >= target;
}

function missedOf(rows) {
  const all = rows.flatMap((row) => row.ours.filter(({ target }) => target !== undefined));
  const missed = all.filter((own) => !reached(own));
  return `Of ${all.length} figures to reach (of minima), ${all.length - missed.length} are reached.`;
}

function againstOf({ name, baseline, part }) {
  return `- ${name}: ${baseline}${part === undefined ? "" : `; ${part.title}, its time taken ${format(1 / part.share)} times`}`;
}

function startOf(start) {
  const lines = start.map(
    ({ name, cpuMs, ratio, goal }) =>
      `| ${name} | ${show(cpuMs)} | ${ratio.toFixed(2)}× | ${goal === undefined ? "" : `≤ ${goal}×${ratio <= goal ? "" : " (missed)"}`} |`,
  );
  return `
## Start

CPU of the whole process, least of its rounds, made by \`node bench/start.mjs\`.

| what | ms | against \`node -e 0\` | goal |
|---|---|---|---|
${lines.join("\n")}
`;
}

/** README.md with its paragraph on speed made anew. */
export function withSpeed(readme, bench) {
  const [from, to] = marks.map((mark) => readme.indexOf(mark));
  if (from < 0 || to < from) throw new Error(`README.md has no ${marks.join(" … ")}`);
  return `${readme.slice(0, from + marks[0].length)}\n${speedOf(bench)}\n${readme.slice(to)}`;
}

function speedOf({ machine, rows }) {
  const said = (name, what, peer) => {
    const row = rows.find((one) => one.name === name);
    const own = row.ours.at(-1);
    return `${what} take ${seconds(own.wallMs.min)} where ${peer(row.versions)} takes ${seconds(row.against.wallMs.min)} (${format(own.ratioOfMinima)} times)`;
  };
  const facts = [
    said(
      "W3",
      "the 199 sliding windows of tutorial 1's shape with two models",
      () => "what MNE-RSA calls for it",
    ),
    said(
      "rsa-nifti",
      "the spheres around each of 20,000 voxels with three models",
      (versions) => `\`mne_rsa.rsa_nifti\` ${versions["mne-rsa"]}`,
    ),
    said(
      "W5",
      "ridge regressions of 5,438 voxels in 10 folds",
      (versions) => `scikit-learn ${versions["scikit-learn"]}`,
    ),
  ];
  return `On ${machine.cores} cores (${machine.cpu.trim()}), least of several rounds: ${listed(facts)}.`;
}

function versionsOf(rows) {
  return Object.entries(
    rows.find(({ versions }) => Object.keys(versions).length > 0)?.versions ?? {},
  )
    .map(([name, version]) => `${name} ${version}`)
    .join(", ");
}

function listed(words) {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

const seconds = (ms) => `${format(ms / 1000)} s`;

function format(value) {
  return value < 100 ? String(Number(value.toPrecision(2))) : value.toFixed(0);
}

function show(ms) {
  return ms < 100 ? ms.toPrecision(3) : ms.toFixed(0);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writePages();
