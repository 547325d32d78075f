import { isCode, shownOption } from "./blocks.ts";
import type { CodeFile, Protocol, RunToReport, WrittenCall } from "./run.ts";

/** One thing that was done otherwise than planned. */
export interface Deviation {
  /** The call, `parameter`, or `notebook`. */
  readonly of: string;
  /** The option, parameter or what else. */
  readonly what: string;
  readonly planned: string;
  readonly done: string;
  /** Where in run.json what was done stands (a JSON pointer). */
  readonly at: string;
}

/**
 * What of a run is not as its protocol says: options, arguments, calls, parameters, seeds, versions, code. Calls are
 * matched by name, the first with the first.
 */
export function deviationsOf(run: RunToReport, protocol: Protocol): Deviation[] {
  const found = [
    ...timeDeviations(run, protocol),
    ...fileDeviations(run, protocol),
    ...importDeviations(run, protocol),
    ...parameterDeviations(run, protocol),
    ...callDeviations(run.calls ?? [], protocol.calls),
    ...seedDeviations(run, protocol),
  ];
  const seen = new Set<string>();
  return found.filter((one) => {
    const key = JSON.stringify([one.of, one.what, one.planned, one.done]);
    return !seen.has(key) && seen.add(key);
  });
}

function fileDeviations(run: RunToReport, protocol: Protocol): Deviation[] {
  const rows: (Deviation | undefined)[] = [
    differing("notebook", "tsrsa version", protocol.tsrsa, run.tsrsa, "/tsrsa"),
    run.codeSha256 === protocol.codeSha256
      ? undefined
      : {
          ...{ of: "notebook", what: "code (SHA-256)", at: "/codeSha256" },
          ...{ planned: protocol.codeSha256, done: run.codeSha256 ?? "not recorded" },
        },
    run.status === "ok"
      ? undefined
      : { of: "notebook", what: "status", planned: "ok", done: run.status, at: "/status" },
  ];
  return rows.filter((row) => row !== undefined);
}

/** A plan that was written down when the run had begun is none. */
function timeDeviations({ started }: RunToReport, { created }: Protocol): Deviation[] {
  if (started === undefined || Date.parse(created) <= Date.parse(started)) return [];
  const planned = `before the run, and not on ${created}`;
  return [{ of: "protocol", what: "written", planned, done: `run on ${started}`, at: "/started" }];
}

/** Files of one's own that were others when they were run. */
function importDeviations({ files: done }: RunToReport, { files = [] }: Protocol): Deviation[] {
  // Records of older versions say nothing of them.
  if (done === undefined) return [];
  const names = new Set([...files, ...done].map(({ path }) => path));
  const hashIn = (list: readonly CodeFile[], name: string): string | undefined => {
    const file = list.find(({ path }) => path === name);
    return file === undefined ? undefined : (file.sha256 ?? "not there");
  };
  return [...names].flatMap((name) => {
    const at = done.findIndex(({ path }) => path === name);
    const place = at === -1 ? "/files" : `/files/${at}`;
    const row = differing(name, "code (SHA-256)", hashIn(files, name), hashIn(done, name), place);
    return row === undefined ? [] : [row];
  });
}

function parameterDeviations(run: RunToReport, protocol: Protocol): Deviation[] {
  const done = run.parameters ?? {};
  const names = new Set([...Object.keys(protocol.parameters), ...Object.keys(done)]);
  return [...names].flatMap((name) => {
    const row = differing(
      "parameter",
      name,
      protocol.parameters[name],
      done[name],
      `/parameters/${escaped(name)}`,
    );
    return row === undefined ? [] : [row];
  });
}

function callDeviations(
  done: readonly WrittenCall[],
  planned: readonly WrittenCall[],
): Deviation[] {
  const places = new Map(done.map((call, at) => [call, at]));
  const byName = (calls: readonly WrittenCall[], name: string) =>
    calls.filter(({ call }) => call === name);
  const names = [...new Set([...planned, ...done].map(({ call }) => call))];
  return names.flatMap((name) => {
    const [wanted, found] = [byName(planned, name), byName(done, name)];
    return Array.from({ length: Math.max(wanted.length, found.length) }, (_, k) => k).flatMap(
      (k) => {
        const called = Math.max(wanted.length, found.length) > 1 ? `${name} (${k + 1})` : name;
        const own = found.at(k);
        const at = own === undefined ? "/calls" : `/calls/${places.get(own) ?? 0}`;
        return oneCall(called, wanted.at(k), own, at);
      },
    );
  });
}

function oneCall(
  name: string,
  planned: WrittenCall | undefined,
  done: WrittenCall | undefined,
  at: string,
): Deviation[] {
  if (planned === undefined)
    return [{ of: name, what: "call", planned: "not planned", done: "done", at }];
  if (done === undefined)
    return [{ of: name, what: "call", planned: "planned", done: "not done", at }];
  const options = new Set([...Object.keys(planned.options), ...Object.keys(done.options)]);
  return [
    differing(name, "arguments", planned.of.join(", "), done.of.join(", "), `${at}/of`),
    ...[...options].map((option) =>
      differing(
        name,
        option,
        planned.options[option],
        done.options[option],
        `${at}/options/${escaped(option)}`,
      ),
    ),
  ].filter((row) => row !== undefined);
}

/** Seeds that were drawn with and that no call of the plan has; only where the plan says one. */
function seedDeviations(run: RunToReport, protocol: Protocol): Deviation[] {
  return (run.draws ?? []).flatMap(({ call, options }, at) => {
    const planned = protocol.calls.filter((one) => one.call === call);
    const seeds = planned.map(({ options: { seed } }) => seed);
    if (!("seed" in options) || seeds.length === 0 || seeds.some(isCode)) return [];
    if (planned.some(hidesOptions)) return [];
    // A plan that says no seed means the default, 0.
    if (seeds.some((seed) => same(seed ?? 0, options["seed"]))) return [];
    return [
      {
        ...{ of: call, what: "seed drawn with", at: `/draws/${at}/options/seed` },
        ...{ planned: seeds.map((seed) => shownOption(seed ?? 0)).join(", ") },
        done: shownOption(options["seed"]),
      },
    ];
  });
}

/** How many arguments come before the options of calls that draw; two unless said here. */
const argumentsOf = new Map<string, number>([
  ["random", 0],
  ...["pairPermutationTest", "permuteLabels", "rsaPower", "trainPairModel"].map(oneArgument),
  ...["permutationClusterTest", "permutationTTest"].map(oneArgument),
  ["bandedRidgeCv", 3],
]);

function oneArgument(call: string): [string, number] {
  return [call, 1];
}

/** Whether options stand elsewhere than where the call is written: spread there, or given by name or by a call. */
function hidesOptions({ call, of, options, handedOn }: WrittenCall): boolean {
  return handedOn === true || "..." in options || of.length > (argumentsOf.get(call) ?? 2);
}

function differing(
  of: string,
  what: string,
  planned: unknown,
  done: unknown,
  at: string,
): Deviation | undefined {
  if (same(planned, done)) return undefined;
  return { of, what, planned: shownOption(planned), done: shownOption(done), at };
}

/** Equal as JSON, whatever the order of names. */
function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, one]) => [name, sorted(one)]));
}

function escaped(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}
