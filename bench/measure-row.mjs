// Measures one row: our side, that of an older commit if one is given, and the Python side, each in a process of its own
// and all in turn. Prints JSON.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openPython } from "./python.mjs";
import { quietCores } from "./quiet.mjs";
import { talkTo } from "./talk.mjs";

const { file, threads: asked, rounds, python, base } = JSON.parse(process.argv[2]);
const { row } = await import(new URL(`rows/${file}`, import.meta.url));
const threads = row.threads ?? asked;
const folder = mkdtempSync(join(tmpdir(), "tsrsa-bench-"));
try {
  process.stdout.write(JSON.stringify(await measureRow()));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measureRow() {
  const own = await openSide(fileURLToPath(new URL("..", import.meta.url)), "our side");
  const older = base === undefined ? undefined : await openSide(base, "the older side");
  const alone = python === undefined || row.python === undefined;
  const peer = alone ? undefined : await openPython(python, row, row.make(), folder);
  const busyCores = await quietCores();
  const firstCallMs = await warm(own);
  if (older !== undefined) await warm(older);
  const peerTimes = [];
  for (let round = 0; round < rounds; round++) {
    for (const jobs of threads) {
      await own.run(jobs);
      await older?.run(jobs);
    }
    if (peer !== undefined) peerTimes.push(whole(await peer.run()));
  }
  const results = { own: await own.results("own"), older: await older?.results("older") };
  const { extraMb } = await own.memory();
  [own, older, peer].forEach((side) => side?.close());
  const against = peer === undefined ? undefined : summary(peerTimes);
  const expected = peer === undefined ? undefined : numbersOf(peer.result);
  return {
    name: row.name,
    title: row.title,
    baseline:
      peer === undefined && row.python !== undefined ? "nothing (no Python found)" : row.baseline,
    tolerance: row.tolerance,
    maxError:
      expected &&
      Math.max(...results.own.map((numbers) => largest(shown(numbers, expected), expected))),
    // A row that measured something else at that commit has other results.
    maxChange:
      older?.title === row.title
        ? Math.max(...results.own.map((all, k) => largest(all, results.older[k])))
        : undefined,
    firstCallMs,
    busyCores,
    part: row.part,
    limitMs: row.limitMs,
    rounds,
    extraMb,
    versions: peer?.versions ?? {},
    against,
    ours: threads.map((jobs) => side(jobs, own.times[jobs], older?.times[jobs], against)),
  };
}

/** A peer that would take over a minute does a stated part, whose results come first. */
function whole({ wallMs, cpuMs }) {
  const share = row.part?.share ?? 1;
  return { wallMs: wallMs / share, cpuMs: cpuMs / share };
}

function shown(numbers, expected) {
  return row.part === undefined ? numbers : numbers.subarray(0, expected.length);
}

function side(jobs, ownTimes, olderTimes, against) {
  const times = summary(ownTimes);
  const older = olderTimes === undefined ? undefined : summary(olderTimes);
  return {
    threads: jobs,
    ...times,
    ...(against && {
      ratio: against.wallMs.median / times.wallMs.median,
      ratioOfMinima: against.wallMs.min / times.wallMs.min,
      ratioOfCpu: against.cpuMs.min / times.cpuMs.min,
    }),
    target: row.targets[jobs],
    older,
  };
}

async function openSide(root, name) {
  const script = fileURLToPath(new URL("side.mjs", import.meta.url));
  const args = ["--expose-gc", script, JSON.stringify({ root, file })];
  const talk = await talkTo(process.execPath, args, { name: `${name} of ${row.name}` });
  const times = Object.fromEntries(threads.map((jobs) => [jobs, []]));
  return {
    title: talk.hello.title,
    times,
    run: async (jobs) => times[jobs].push(await talk.ask(JSON.stringify({ run: jobs }))),
    unmeasured: (jobs) => talk.ask(JSON.stringify({ run: jobs })),
    async results(label) {
      const all = [];
      for (const jobs of threads) {
        const path = join(folder, `${label}-${jobs}.f64`);
        await talk.ask(JSON.stringify({ save: { jobs, path } }));
        all.push(numbersOf(path));
      }
      return all;
    },
    memory: () => talk.ask("{}"),
    close: talk.close,
  };
}

/**
 * The first calls are not counted: wasm is still being made fast, workers start, pages are new. Ten of each number of
 * threads, fewer where they take long; gives the first.
 */
async function warm(side) {
  let first;
  for (const jobs of threads) {
    let spent = 0;
    for (let call = 0; call < 10 && (call < 2 || spent < 3000); call++) {
      const { wallMs } = await side.unmeasured(jobs);
      first ??= wallMs;
      spent += wallMs;
    }
  }
  return first;
}

function numbersOf(path) {
  return new Float64Array(new Uint8Array(readFileSync(path)).buffer);
}

/** NaN where both have it is no difference. */
function largest(a, b) {
  if (a.length !== b.length) return Infinity;
  let most = 0;
  for (let k = 0; k < a.length; k++) {
    if (Number.isNaN(a[k]) && Number.isNaN(b[k])) continue;
    const off = Math.abs(a[k] - b[k]);
    if (!(off <= most)) most = Number.isNaN(off) ? Infinity : off;
  }
  return most;
}

function summary(times) {
  const of = (key) => {
    const sorted = times.map((time) => time[key]).sort((a, b) => a - b);
    return { median: sorted[sorted.length >> 1], min: sorted[0] };
  };
  return { wallMs: of("wallMs"), cpuMs: of("cpuMs") };
}
