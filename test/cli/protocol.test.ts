import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import { parsePercent } from "../../kernel/notebook/percent.ts";
import { codeSha256 } from "../../cli/protocol/code-hash.ts";
import { makeProtocol, protocolSha256 } from "../../cli/protocol/make-protocol.ts";
import { ownFiles } from "../../cli/protocol/imported-names.ts";
import { noFunctions, writtenCalls } from "../../cli/protocol/written-calls.ts";
import { injectParameters } from "../../cli/run/parameters.ts";
import { recordSha256 } from "../../cli/run/record-hash.ts";
import { runProtocol } from "../../cli/work/protocol.ts";
import { runReport } from "../../cli/work/report.ts";
import * as course from "../../course/index.ts";
import * as tsrsa from "../../src/index.ts";
import { deviationsOf } from "../../src/report/deviations.ts";
import { methodsReport } from "../../src/report/methods-report.ts";
import type { Protocol } from "../../src/report/run.ts";

const source = `// %% [markdown]
// # A study

// %% tags=["parameters"]
let data = "real";
let seed = 7;

// %%
import { readEpochs, rsaEpochs as compare, evalBootstrap, plotTimeCourse, permutationClusterTest } from "tsrsa";
import * as all from "tsrsa";

const epochs = await readEpochs("a-epo.fif");
const window = { temporalRadiusS: 0.05, metric: "correlation" } as const;

// %%
const scores = await compare(epochs, [faces,  houses], { ...window, rsaMetric: "spearman", seed, labels: epochs.metadata });
plotTimeCourse(scores, { title: "x" });

// %%
const result = await evalBootstrap(model, rdms, { samples: 1_000, seed: -1, resample: \`dual\` });
const tests = result.test({ correction: "holm" });
if (/a/.test("a")) all.mantelTest(one, two);
`;
const cells = parsePercent(source);

const folder = mkdtempSync(join(tmpdir(), "tsrsa-protocol-"));
const at = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function printed(run: () => Promise<void>): Promise<string> {
  const lines: string[] = [];
  const log = vi.spyOn(console, "log").mockImplementation((text: string) => void lines.push(text));
  await run().finally(() => log.mockRestore());
  return lines.join("\n");
}

const times = (value: string, n: number): string[] => Array.from({ length: n }, () => value);

describe("what a notebook says it will do", () => {
  test("calls of analyses with the options that stand there; reading and drawing are none", () => {
    expect(writtenCalls(cells)).toEqual([
      {
        ...{ cell: 3, call: "rsaEpochs", of: ["epochs", "[faces, houses]"] },
        options: {
          ...{ temporalRadiusS: 0.05, metric: "correlation", rsaMetric: "spearman", seed: 7 },
          labels: { code: "epochs.metadata" },
        },
      },
      {
        ...{ cell: 4, call: "evalBootstrap", of: ["model", "rdms"] },
        options: { samples: 1000, seed: -1, resample: "dual" },
      },
      { cell: 4, call: ".test", of: [], options: { correction: "holm" } },
      { cell: 4, call: "mantelTest", of: ["one", "two"], options: {} },
    ]);
  });

  test("looking, naming and listing are no analyses", () => {
    const code = `// %%\nimport * as t from "tsrsa";
t.viewStatMap(a); t.liveMds(a); t.listFiles(b); t.renamed(c, "d"); t.voxelToMm(e, [1, 2, 3]); t.meanRdm(f);`;
    expect(writtenCalls(parsePercent(code)).map(({ call }) => call)).toEqual(["meanRdm"]);
  });

  const calledIn = (code: string): unknown[] =>
    writtenCalls(parsePercent(code)).map(({ call, options }) => [call, options]);

  test.each([
    ['const { rsa } = await import("tsrsa"); rsa(a, b, { metric: "x" });', "rsa"],
    ['const { rsa: compare } = await import("tsrsa"); compare(a, b, { metric: "x" });', "rsa"],
    ['const lib = await import("tsrsa"); await lib.rsa(a, b, { metric: "x" });', "rsa"],
    ['(await import("tsrsa")).rsa(a, b, { metric: "x" });', "rsa"],
    ['import * as t from "tsrsa"; t["rsa"](a, b, { metric: "x" });', "rsa"],
    ['import * as t from "tsrsa"; const { rsa } = t; rsa(a, b, { metric: "x" });', "rsa"],
    ['import * as t from "tsrsa"; const mine = t.rsa; mine(a, b, { metric: "x" });', "rsa"],
    [
      'import { rsa } from "tsrsa"; const mine = rsa; const two = mine; two(a, { metric: "x" });',
      "rsa",
    ],
    [
      'async function f() { const { rsa } = await import("tsrsa"); rsa(a, { metric: "x" }); }',
      "rsa",
    ],
    ['import { rsa } from "tsrsa"; rsa!(a, b, { metric: "x" });', "rsa"],
    ['import * as t from "tsrsa"; t?.rsa?.(a, b, { metric: "x" });', "rsa"],
  ])("a call by any name: %s", (code, call) => {
    expect(calledIn(code)).toEqual([[call, { metric: "x" }]]);
  });

  test("an analysis that is handed on is said with the code that does", () => {
    const code = `import { rsa, metricNames, Rdm, plotRdms, evalFixed as fixed } from "tsrsa";
pairs.map(rsa); metricNames.map(show); lists.map(Rdm); rdms.map(plotRdms);
fixed.call(null, model, rdms, { method: "tau-a" });`;
    expect(writtenCalls(parsePercent(code))).toEqual([
      { cell: 1, call: "rsa", of: ["pairs.map(rsa)"], options: {}, handedOn: true },
      {
        ...{ cell: 1, call: "evalFixed", options: {}, handedOn: true },
        of: ['fixed.call(null, model, rdms, { method: "tau-a" })'],
      },
    ]);
    const values = Object.entries({ ...tsrsa, ...course }).filter(
      ([name, value]) => /^[a-z]/.test(name) && typeof value !== "function",
    );
    for (const [name] of values) expect(noFunctions).toContain(name);
  });

  const all = 'import * as t from "tsrsa"; import { rsa, evalFixed } from "tsrsa";';

  test.each([
    ["const list = [rsa, evalFixed]; list[0](a, b);", "rsa, evalFixed", "[rsa, evalFixed]"],
    ["const f = late ? rsa : evalFixed; f(a, b);", "rsa, evalFixed", "late ? rsa : evalFixed"],
    ["const o = { go: rsa }; o.go(a, b);", "rsa", "{ go: rsa }"],
    ["let g; g = rsa; g(a, b);", "rsa", "g = rsa"],
    ["const h = (f = rsa) => f(a, b);", "rsa", "(f = rsa) => f(a, b)"],
    ["class X { go = rsa; }", "rsa", "go = rsa;"],
    ["function f() { return rsa; }", "rsa", "rsa"],
    ["function f(t) { h(t); } h(rsa);", "rsa", "h(rsa)"],
    ["{ const m = rsa; h(m); }", "rsa", "h(m)"],
    ["(late || rsa)(a, b);", "rsa", "(late || rsa)(a, b)"],
    ["rsa`x`;", "rsa", "rsa`x`"],
    ["t[name](a, b);", "tsrsa", "t[name](a, b)"],
    ["Object.values(t);", "tsrsa", "Object.values(t)"],
    ["const { [name]: f } = t;", "tsrsa", "{ [name]: f } = t"],
    ["const { rsa: f, ...rest } = t;", "tsrsa", "{ rsa: f, ...rest } = t"],
    ['import("tsrsa").then((m) => m.rsa(a));', "tsrsa", 'import("tsrsa").then((m) => m.rsa(a))'],
    ["const m = await import(name);", "tsrsa", "m = await import(name)"],
    ['require("tsrsa").rsa(a);', "tsrsa", 'require("tsrsa").rsa(a)'],
    ["require(name).rsa(a);", "tsrsa", "require(name).rsa(a)"],
    ["rsa.call.call(f, a);", "rsa", "rsa.call.call(f, a)"],
    ["eval(text);", "tsrsa", "eval(text)"],
    ["import f = t.rsa;", "tsrsa", "t.rsa"],
  ])("what is not called where it stands is told with its code: %s", (code, calls, of) => {
    const found = writtenCalls(parsePercent(`${all}\n${code}`));
    expect(found.map(({ call }) => call).join(", ")).toBe(calls);
    for (const one of found) expect(one).toMatchObject({ of: [of], handedOn: true });
  });

  test("types, names of members, parameters and what others hold are no mentions", () => {
    const code = `let f: typeof rsa; type T = typeof t; o.rsa = 1; const p = { rsa: 1 }; export { rsa };
function g(rsa, { evalFixed } = {}) { rsa(1); return evalFixed; } for (const rsa of list) rsa(rsa);
{ const rsa = 1; rsa(rsa); } if (late) { const rsa = f(); h(rsa); } const { rsa: own } = other; require("node:fs"); await import("./x.ts");`;
    expect(writtenCalls(parsePercent(`${all}\n${code}`))).toEqual([]);
  });

  test.each([
    ["%%time\nrsa(a, b, { metric: 'x' });"],
    ["%time rsa(a, b, { metric: 'x' });"],
    ["const e = <b>x</b>; rsa(a, b, { metric: 'x' });"],
    ["{ a: rsa(a, b, { metric: 'x' }), b: 2 }"],
    ["(0, rsa)(a, b, { metric: 'x' });"],
    ["(rsa as any)(a, b, { metric: 'x' });"],
    ["t[`rsa`](a, b, { metric: 'x' });"],
    ["const { 'rsa': f } = t; f(a, b, { metric: 'x' });"],
    ["import { 'rsa' as f } from 'tsrsa'; f(a, b, { metric: 'x' });"],
  ])("a cell is read as the kernel reads it: %s", (code) => {
    expect(calledIn(`// %%\n${all}\n// %%\n${code}`)).toEqual([["rsa", { metric: "x" }]]);
  });

  test("a cell that nobody can read is refused", () => {
    const broken = parsePercent("// %%\nconst a = ;");
    const notebook = { path: "n.ts", folder: ".", name: "n", cells: broken };
    expect(() => makeProtocol(notebook, {}, { version: "1", created: new Date(0) })).toThrow(
      "code cell 1 cannot be read",
    );
  });

  test("files of one's own that are imported are told", () => {
    const code = `import { f } from "./mine.ts"; import { rsa } from "tsrsa"; import "node:fs";
const { g } = await import("../other.ts"); export * from "./mine.ts";`;
    expect(ownFiles(parsePercent(code))).toEqual(["./mine.ts", "../other.ts"]);
  });

  test("a pattern in a variable, and a text, are no tests of a result", () => {
    const tests = 'result.test(); result.test({ type: "t" }); result.test(how);';
    const other =
      'const p = /a/i; const q = new RegExp("b"); p.test(x); q.test(x); r.test("a"); s.test(`b`);';
    expect(calledIn(other + tests).map((one) => (one as string[])[0])).toEqual(times(".test", 3));
  });

  test("what cannot be told is code, and never a wrong value", () => {
    const of = (options: string) => {
      const code = `// %%\nimport { rsa } from "tsrsa";\nconst k = f();\nrsa(a, b, ${options});`;
      return writtenCalls(parsePercent(code))[0].options;
    };
    expect(of("{ n: k }")).toEqual({ n: { code: "k" } });
    expect(of("{ n: 1 + 1 }")).toEqual({ n: { code: "1 + 1" } });
    expect(of("{ ...k, m: 2 }")).toEqual({ "...": { code: "k" }, m: 2 });
    expect(of("{ [name]: 2 }")).toEqual({ "...": { code: "[name]: 2" } });
    expect(of("{ list: [1, [2, 'a'], ...k], no: !true, nothing: null }")).toEqual({
      ...{ list: { code: "[1, [2, 'a'], ...k]" }, no: false, nothing: null },
    });
    expect(of("options")).toEqual({});
    expect(of("{ n: 1e999 }")).toEqual({ n: { code: "1e999" } });
    expect(of("{ __proto__: { metric: 1 } }")).toEqual({
      "...": { code: "__proto__: { metric: 1 }" },
    });
  });

  test("a variable that is set anew in between is not believed", () => {
    const code = `// %%\nimport { rsa } from "tsrsa";\nlet n = 1;\nn = 2;\nrsa(a, b, { n });`;
    expect(writtenCalls(parsePercent(code))[0].options).toEqual({ n: { code: "n" } });
    const counted = `// %%\nimport { rsa } from "tsrsa";\nlet n = 1;\nn++;\nrsa(a, b, { n });`;
    expect(writtenCalls(parsePercent(counted))[0].options).toEqual({ n: { code: "n" } });
    const inside = `// %%\nimport { rsa } from "tsrsa";\nconst n = 1;\nconst f = (n: number) => rsa(a, b, { n });`;
    expect(writtenCalls(parsePercent(inside))[0].options).toEqual({ n: { code: "n" } });
    const looped = `// %%\nimport { rsa } from "tsrsa";\nlet n = 1;\nfor (n of [2]) ;\nrsa(a, b, { n });`;
    expect(writtenCalls(parsePercent(looped))[0].options).toEqual({ n: { code: "n" } });
  });

  test.each([
    "how.deep.metric = 2;",
    "delete how.metric;",
    "Object.assign(how, { metric: 2 });",
    "const other = how; other.metric = 2;",
    "const other = [how]; other[0].metric = 2;",
    "how.list.push(2);",
    "new Changer(how);",
  ])("an object that other code may change is not believed: %s", (code) => {
    const own = `// %%\nimport { rsa } from "tsrsa";\nconst how = { metric: 1, list: [1], deep: {} };\n`;
    const called = writtenCalls(parsePercent(`${own}${code}\nrsa(a, b, how);`));
    expect(called).toEqual([{ cell: 1, call: "rsa", of: ["a", "b", "how"], options: {} }]);
  });

  test("an object that is read or copied, or a number that is shown, is believed", () => {
    const code = `// %%\nimport { rsa } from "tsrsa";\nconst how = { metric: 1 }; const n = 2;
console.log(n); rsa(c, d, how); f({ ...how }); rsa(a, b, { ...how, n });`;
    expect(writtenCalls(parsePercent(code))[1].options).toEqual({ metric: 1, n: 2 });
  });

  test("the hash is of code, not of words between it", () => {
    const other = parsePercent(source.replace("# A study", "# Another"));
    expect(codeSha256(other)).toBe(codeSha256(cells));
    expect(codeSha256(parsePercent(source.replace("0.05", "0.06")))).not.toBe(codeSha256(cells));
    expect(codeSha256(parsePercent(source.replaceAll("\n", "  \n")))).toBe(codeSha256(cells));
    // Values that are given at the command line are told as parameters, not as other code.
    expect(codeSha256(injectParameters(cells, { seed: 9 }))).toBe(codeSha256(cells));
    expect(codeSha256(injectParameters(cells, { seed: [{ a: "';" }] }))).toBe(codeSha256(cells));
    // A cell that calls itself one of given values, and does more, is code.
    for (const more of [
      "drop(epochs);",
      "let seed = f();",
      "// From the command line\nlet seed = 1; drop();",
    ]) {
      const hidden = parsePercent(`${source}\n// %% tags=["injected-parameters"]\n${more}\n`);
      expect(codeSha256(hidden)).not.toBe(codeSha256(cells));
    }
  });
});

describe("tsrsa protocol and tsrsa report", () => {
  writeFileSync(at("study.ts"), source);
  const done = { ...{ status: "ok", tsrsa: "", parameters: { data: "real", seed: 7 } } };

  test("the protocol is written once, and never over another", async () => {
    const out = at("protocol.json");
    const flags = { parameter: [], out };
    const said = await printed(() => runProtocol(at("study.ts"), flags));
    const protocol = JSON.parse(readFileSync(out, "utf8")) as Protocol;
    expect(said).toContain(protocol.sha256);
    expect(protocol.parameters).toEqual({ data: "real", seed: 7 });
    expect(protocolSha256(protocol)).toBe(protocol.sha256);
    expect(protocol.calls).toHaveLength(4);
    await expect(runProtocol(at("study.ts"), flags)).rejects.toThrow("not written over");
    expect(JSON.parse(readFileSync(out, "utf8"))).toEqual(protocol);
  });

  test("given parameters are those of the plan", () => {
    const notebook = { path: at("study.ts"), folder, name: "study", cells };
    const about = { version: "1", created: new Date(0) };
    const plan = makeProtocol(notebook, { seed: 9 }, about);
    expect(plan.parameters).toEqual({ data: "real", seed: 9 });
    expect(plan.calls[0].options.seed).toBe(9);
    expect(plan.codeSha256).toBe(codeSha256(cells));
    expect(makeProtocol(notebook, {}, { ...about, ranBefore: "x" }).sha256).not.toBe(
      makeProtocol(notebook, {}, about).sha256,
    );
  });

  test("a run that follows, and one that does not", async () => {
    const protocol = JSON.parse(readFileSync(at("protocol.json"), "utf8")) as Protocol;
    const run = {
      ...{ ...done, tsrsa: protocol.tsrsa, notebook: at("study.ts") },
      ...{ codeSha256: protocol.codeSha256, calls: protocol.calls, results: { peak: 0.42 } },
    };
    writeFileSync(at("run.json"), JSON.stringify(run));
    const flags = { protocol: at("protocol.json"), json: true } as const;
    const same = JSON.parse(await printed(() => runReport(folder, flags))) as {
      deviations: unknown[];
      files: string[];
    };
    expect(same.deviations).toEqual([]);
    expect(readFileSync(at("report.md"), "utf8")).toContain("follows it in all that it says");
    const calls = JSON.parse(JSON.stringify(protocol.calls)) as {
      options: Record<string, unknown>;
    }[];
    calls[0].options.temporalRadiusS = 0.1;
    const draws = [{ call: "evalBootstrap", options: { seed: 3 }, times: 1 }];
    const changed = { ...run, calls: calls.slice(0, 3), draws, codeSha256: "x" };
    writeFileSync(
      at("run.json"),
      JSON.stringify({ ...changed, parameters: { data: "demo", seed: 7 } }),
    );
    const again = { ...flags, force: true } as const;
    const other = JSON.parse(await printed(() => runReport(at("run.json"), again))) as {
      deviations: { of: string; what: string; planned: string; done: string; at: string }[];
    };
    expect(
      other.deviations.map(({ of, what, planned, done: now }) => [of, what, planned, now]),
    ).toEqual([
      ["notebook", "code (SHA-256)", protocol.codeSha256, "x"],
      ["parameter", "data", "real", "demo"],
      ["rsaEpochs", "temporalRadiusS", "0.05", "0.1"],
      ["mantelTest", "call", "planned", "not done"],
      ["evalBootstrap", "seed drawn with", "-1", "3"],
    ]);
    expect(other.deviations[2].at).toBe("/calls/0/options/temporalRadiusS");
  });

  test("a parameter that only the run has, or only the plan, is a deviation", () => {
    const protocol = JSON.parse(readFileSync(at("protocol.json"), "utf8")) as Protocol;
    const run = { ...done, tsrsa: protocol.tsrsa, notebook: "n", codeSha256: protocol.codeSha256 };
    const of = (parameters: Record<string, unknown>) =>
      deviationsOf({ ...run, calls: protocol.calls, parameters }, protocol).map(
        ({ of: where, what, planned, done: now }) => [where, what, planned, now],
      );
    expect(of({ data: "real", seed: 7, extra: 1 })).toEqual([
      ["parameter", "extra", "not set", "1"],
    ]);
    expect(of({ data: "real" })).toEqual([["parameter", "seed", "7", "not set"]]);
  });

  test("a run of this notebook before is said, one of another of the same name is not", async () => {
    const cwd = vi.spyOn(process, "cwd").mockReturnValue(folder);
    mkdirSync(at("out/study"), { recursive: true });
    const planned = async (notebook: string, out: string): Promise<Protocol> => {
      const record = { notebook, started: "2026-01-02T03:04:05.000Z" };
      writeFileSync(at("out/study/run.json"), JSON.stringify(record));
      await printed(() => runProtocol(at("study.ts"), { parameter: [], out: at(out) }));
      return JSON.parse(readFileSync(at(out), "utf8")) as Protocol;
    };
    expect((await planned("/elsewhere/study.ts", "first.json")).ranBefore).toBeUndefined();
    const second = await planned(at("study.ts"), "second.json");
    expect(second.ranBefore).toBe("2026-01-02T03:04:05.000Z");
    expect(protocolSha256(second)).toBe(second.sha256);
    cwd.mockRestore();
  });

  test("a call whose seed the plan leaves out draws with 0, which is no deviation", () => {
    const protocol = JSON.parse(readFileSync(at("protocol.json"), "utf8")) as Protocol;
    const of = (seed: number) =>
      deviationsOf(
        {
          ...{ ...done, tsrsa: protocol.tsrsa, notebook: "study.ts", calls: protocol.calls },
          codeSha256: protocol.codeSha256,
          draws: [{ call: "mantelTest", options: { seed }, times: 1 }],
        },
        protocol,
      );
    expect(of(0)).toEqual([]);
    expect(of(1).map(({ planned, done: now }) => [planned, now])).toEqual([["0", "1"]]);
  });

  test("options that are written elsewhere tell no seed, so that none differs", () => {
    const protocol = JSON.parse(readFileSync(at("protocol.json"), "utf8")) as Protocol;
    const of = (code: string) => {
      const calls = writtenCalls(parsePercent(`import * as t from "tsrsa";\n${code}`));
      const run = { ...done, tsrsa: protocol.tsrsa, notebook: "n", calls };
      const draws = [{ call: "evalBootstrap", options: { seed: 1 }, times: 1 }];
      return deviationsOf(
        { ...run, codeSha256: protocol.codeSha256, draws },
        { ...protocol, calls },
      ).filter(({ what }) => what.startsWith("seed"));
    };
    for (const hidden of ["m, d, opts", "m, d, own.opts", "m, d, opts()", "m, d, { ...opts }"])
      expect(of(`t.evalBootstrap(${hidden})`)).toEqual([]);
    expect(of("t.evalBootstrap(m, [d])")).toHaveLength(1);
    expect(of("t.evalBootstrap(m, d, { samples: 9 })")).toHaveLength(1);
  });

  test("a plan that was written down when the run had begun is a deviation", () => {
    const protocol = JSON.parse(readFileSync(at("protocol.json"), "utf8")) as Protocol;
    const of = (started: string, created: string) =>
      deviationsOf(
        {
          ...{ ...done, tsrsa: protocol.tsrsa, notebook: "n", calls: protocol.calls, started },
          codeSha256: protocol.codeSha256,
        },
        { ...protocol, created },
      ).map(({ of: where, what, at: place }) => [where, what, place]);
    const [early, late] = ["2026-01-01T00:00:00.000Z", "2026-01-01T00:00:00.001Z"];
    expect(of(late, early)).toEqual([]);
    expect(of(early, early)).toEqual([]);
    expect(of(early, late)).toEqual([["protocol", "written", "/started"]]);
    expect(of(early, "some day")).toHaveLength(1);
  });

  test("files of one's own are in the protocol with their calls, and one that is another later is a deviation", () => {
    mkdirSync(at("own/lib"), { recursive: true });
    const main = `// %%\nimport { go } from "./mine.ts";\nimport settings from "./settings.json";\nimport "./gone.ts";\ngo();\n`;
    writeFileSync(at("own/n.ts"), main);
    writeFileSync(at("own/settings.json"), "{}");
    writeFileSync(at("own/mine.ts"), 'export * from "./lib/more.js";\nexport * from "./n2";\n');
    writeFileSync(at("own/n2.ts"), 'import "./mine.ts";\n');
    const more =
      'import { mantelTest } from "tsrsa";\nexport const go = () => mantelTest(a, b, { seed: 3 });\n';
    writeFileSync(at("own/lib/more.ts"), more);
    const notebook = {
      path: at("own/n.ts"),
      folder: at("own"),
      name: "n",
      cells: parsePercent(main),
    };
    const about = { version: "1", created: new Date(0) };
    const plan = makeProtocol(notebook, {}, about);
    expect(plan.files?.map(({ path, sha256 }) => [path, sha256 === null]).sort()).toEqual([
      ...[
        ["gone.ts", true],
        ["lib/more.ts", false],
        ["mine.ts", false],
      ],
      ...[
        ["n2.ts", false],
        ["settings.json", false],
      ],
    ]);
    expect(plan.calls).toEqual([
      {
        ...{ cell: 0, file: "lib/more.ts", call: "mantelTest", of: ["a", "b"] },
        options: { seed: 3 },
      },
    ]);
    const run = {
      ...{ status: "ok", tsrsa: "1", notebook: "n", codeSha256: plan.codeSha256 },
      ...{ calls: plan.calls, files: plan.files, parameters: {} },
    };
    expect(deviationsOf(run, plan)).toEqual([]);
    const changed = { ...run, files: plan.files?.map((one) => ({ ...one, sha256: "x" })).slice(1) };
    expect(deviationsOf(changed, plan)).toHaveLength(5);
    expect(deviationsOf({ ...run, files: undefined }, plan)).toEqual([]);
    expect(protocolSha256({ ...plan, files: undefined })).not.toBe(plan.sha256);
    const text = methodsReport(run, { protocol: plan }).text;
    expect(text).toContain("What it could not tell: gone.ts.");
    expect(text).toContain("lib/more.ts");
  });

  test("what only a run can tell is said when the protocol is written, and in the report", async () => {
    writeFileSync(
      at("hidden.ts"),
      '// %%\nimport * as t from "tsrsa";\nt[name](a);\n[a].map(t.rsa);\n',
    );
    const flags = { parameter: [], out: at("hidden.json") };
    const said = await printed(() => runProtocol(at("hidden.ts"), flags));
    expect(said).toContain("what code cell 1 calls by t[name](a) is not in it");
    expect(said).not.toContain("map(t.rsa)");
    const plan = JSON.parse(readFileSync(at("hidden.json"), "utf8")) as Protocol;
    const { text } = methodsReport(
      { ...done, notebook: "hidden.ts", calls: plan.calls },
      { protocol: plan },
    );
    expect(text).toContain("What it could not tell: t[name](a).");
    expect(text).toMatch(
      /rsa \[\d+\] was given to other code \(cell 1 \[\d+\]\): \[a\].map\(t.rsa\)/,
    );
    expect(text).toMatch(/What was called of tsrsa \[\d+\] only a run could tell/);
    expect(text).toContain("The record of the run has no SHA-256");
    const sealed = { ...done, notebook: "n", sha256: "x" };
    expect(methodsReport(sealed, { protocol: plan }).text).not.toContain("no SHA-256");
  });

  test("options of what is handed on stand elsewhere, so that no seed differs", () => {
    const protocol = JSON.parse(readFileSync(at("protocol.json"), "utf8")) as Protocol;
    const code = 'import { mantelTest } from "tsrsa"; mantelTest.call(null, a, b, { seed: 4 });';
    const calls = writtenCalls(parsePercent(code));
    const draws = [{ call: "mantelTest", options: { seed: 4 }, times: 1 }];
    const run = { ...done, tsrsa: protocol.tsrsa, notebook: "n", calls, draws };
    const own = { ...run, codeSha256: protocol.codeSha256 };
    expect(deviationsOf(own, { ...protocol, calls })).toEqual([]);
  });

  test("a record of a run that was changed afterwards is refused, one without a hash is not", async () => {
    const record = { ...done, notebook: "n.ts", results: { p: 0.2, nothing: undefined, "1": -0 } };
    const write = (more: object) => writeFileSync(at("record.json"), JSON.stringify(more));
    const run = () => runReport(at("record.json"), { out: at("of-record"), json: true });
    const sha256 = recordSha256(record);
    write({ ...record, sha256 });
    await printed(run);
    write({ ...record, results: { p: 0.02 }, sha256 });
    await expect(run()).rejects.toThrow("changed after the run");
    write(record);
    await printed(run);
  });

  test("a protocol in a folder that is not there, and advice on one that is not", async () => {
    const out = at("new/folder/p.json");
    await printed(() => runProtocol(at("study.ts"), { parameter: [], out }));
    expect(JSON.parse(readFileSync(out, "utf8"))).toHaveProperty("sha256");
    await expect(runReport(at("record.json"), { protocol: at("none.json") })).rejects.toThrow(
      "give a protocol, as tsrsa protocol writes it",
    );
  });

  test("a protocol that was changed afterwards is refused", async () => {
    const protocol = JSON.parse(readFileSync(at("protocol.json"), "utf8")) as Protocol;
    writeFileSync(
      at("forged.json"),
      JSON.stringify({ ...protocol, created: "2020-01-01T00:00:00Z" }),
    );
    const run = () => runReport(folder, { protocol: at("forged.json") });
    await expect(run()).rejects.toThrow("changed after it was written");
    writeFileSync(at("other.json"), "{}");
    await expect(runReport(folder, { protocol: at("other.json") })).rejects.toThrow("a protocol");
    await expect(runReport(at("other.json"), {})).rejects.toThrow("the record of a run");
    await expect(runReport(at("nowhere.json"), {})).rejects.toMatchObject({ code: "MISSING_FILE" });
  });
});
