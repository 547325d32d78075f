import { describe, expect, test } from "vitest";
import { methodsReport, type RunToReport } from "../../src/index.ts";

const run: RunToReport = {
  ...{ notebook: "a/study.ts", status: "ok", tsrsa: "0.1.0", node: "v22.0.0" },
  parameters: { seed: 7 },
  packages: { tsrsa: "0.1.0", danfojs: "1.2.0" },
  sources: [{ name: "haxby", kind: "demo" }],
  data: [{ path: "bold.nii.gz", sha256: "ab" }],
  claims: { checked: 3, failed: ["V1 is first"] },
  results: { "peak / time": 0.123456789012345, "a|b": "x*y" },
  legends: ["Scores over time, p < 0.05 by 1,000 permutations.", ""],
  calls: [
    {
      ...{ cell: 4, call: "rsaNifti", of: ["bold"] },
      options: { radiusMm: 10, labels: { code: "events.words" }, jobs: 2 },
    },
  ],
  draws: [{ call: "mantelTest", options: { seed: 3, permutations: 999 }, times: 2 }],
};

/** What a JSON pointer leads to. */
function follow(pointer: string): unknown {
  return pointer
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce((value: unknown, key) => (value as Record<string, unknown>)[key], run);
}

describe("methodsReport", () => {
  const report = methodsReport(run);

  test("every value leads back to run.json, with all its digits", () => {
    const found = [...report.html.matchAll(/data-source="run\.json ([^"]+)">([^<]*)</g)];
    expect(found.length).toBeGreaterThan(12);
    for (const [, pointer, shown] of found) {
      const value = follow(pointer);
      if (typeof value === "number") expect(Number(shown)).toBe(value);
      else if (typeof value === "string") expect(unescaped(shown)).toBe(value);
      else expect(value).toBeDefined();
    }
  });

  test("no number of the methods stands there without its source", () => {
    const [, after] = report.markdown.split("## Methods");
    const [methods] = after.split("## Results");
    const untraced = methods.replace(/\[\^\d+\]/g, "^").match(/\d[\d.,]*(?![\w.]*\^)/g) ?? [];
    // Only counts of what run.json lists.
    expect(untraced.filter((number) => number !== "1" && number !== "256")).toEqual([]);
  });

  test("Markdown, text and a page say the same", () => {
    expect(report.markdown).toContain("radiusMm = 10[^");
    expect(report.markdown).toContain("[^1]: run.json /tsrsa");
    expect(report.text).toContain("radiusMm = 10 [");
    expect(report.text).toContain("peak / time\t0.123456789012345 [");
    expect(report.text).toContain("run.json /results/peak ~1 time");
    expect(report.markdown).toContain("| a\\|b | x\\*y[^");
    expect(report.html).toContain("p &lt; 0.05 by 1,000 permutations.");
    expect(report.text).not.toContain("jobs = 2");
    expect(report.text).toContain("Demo data, not measured ones");
    expect(report.text).toContain("V1 is first");
    expect(report.text).toContain("1 file was read, whose SHA-256 stand in run.json");
    expect(methodsReport({ ...run, data: [] }).text).not.toContain("SHA-256");
    expect(report.text).toContain("labels = events.words");
    expect(report.text).toContain("No protocol was given");
    expect(report.deviations).toBeUndefined();
  });

  test("the page is dark where pages are, and breaks long values only, not names", () => {
    // On the body alone it would change neither the ground nor the text.
    expect(report.html).toContain(":root{color-scheme:light dark}");
    expect(report.html).toMatch(/td:first-child[^{]*\{overflow-wrap:break-word;max-width/);
  });

  test("of a call whose options are written elsewhere it does not say that they are the usual ones", () => {
    const calls = [{ cell: 1, call: "evalBootstrap", of: ["m", "d", "opts"], options: {} }];
    const { text } = methodsReport({ ...run, calls });
    expect(text).toContain("with no options written there.");
    expect(text).not.toContain("usual");
  });

  test("a run that failed says so first; one of an older version is told as far as it says", () => {
    const failed = methodsReport({ ...run, status: "error", error: { cell: 5 } });
    expect(failed.text).toContain("ended with an error in cell 5 [1]");
    const bare = methodsReport({ notebook: "n", status: "ok", tsrsa: "0" });
    expect(bare.text).toContain("named no results");
  });

  test("what is no record is refused", () => {
    for (const wrong of [null, {}, [], "run.json", 3])
      expect(() => methodsReport(wrong as never)).toThrow("the record of a run");
    expect(() => methodsReport(run, { protocol: {} as never })).toThrow("a protocol");
    const later = { kind: "tsrsa protocol", version: 2, calls: [], parameters: {}, sha256: "" };
    expect(() => methodsReport(run, { protocol: later as never })).toThrow("version");
    expect(() => methodsReport(run, { protokoll: 1 } as never)).toThrow('did you mean "protocol"');
  });
});

test.each([
  [{ calls: [{}] }, "/calls/0/cell"],
  [{ calls: [{ cell: 1, call: "rsa", of: "a", options: {} }] }, "/calls/0/of"],
  [{ calls: [{ cell: 1, call: "rsa", of: [], options: null }] }, "/calls/0/options"],
  [{ calls: 3 }, "/calls"],
  [{ draws: [{ call: "rsa" }] }, "/draws/0/options"],
  [{ results: [1] }, "/results"],
  [{ legends: ["a", 3] }, "/legends/1"],
  [{ claims: { checked: 1 } }, "/claims/failed"],
  [{ sources: [null] }, "/sources/0"],
  [{ data: [1] }, "/data/0"],
  [{ packages: "none" }, "/packages"],
  [{ parameters: 1 }, "/parameters"],
  [{ error: 3 }, "/error"],
])("a record that was changed is refused by place: %o", (wrong, place) => {
  expect(() => methodsReport({ ...run, ...wrong } as never)).toThrow(place);
});

test("a protocol that was changed is refused by place", () => {
  const protocol = { kind: "tsrsa protocol", version: 1, tsrsa: "0", created: "", notebook: "n" };
  const whole = { ...protocol, codeSha256: "", sha256: "", parameters: {}, calls: [] };
  expect(methodsReport(run, { protocol: whole as never }).deviations).not.toEqual([]);
  for (const name of ["tsrsa", "created", "codeSha256", "sha256", "parameters", "calls"])
    expect(() =>
      methodsReport(run, { protocol: { ...whole, [name]: undefined } as never }),
    ).toThrow(`/${name}`);
  expect(() => methodsReport(run, { protocol: { ...whole, calls: [{}] } as never })).toThrow(
    "/calls/0/cell",
  );
});

test("draws of a call that differ in their seed alone are one row where they are many", () => {
  const draw = (seed: number, call = "random") => ({ call, options: { n: 1, seed }, times: 2 });
  const of = (draws: RunToReport["draws"]) => methodsReport({ ...run, draws }).text;
  const several = of(Array.from({ length: 10 }, (_, k) => draw(k)));
  expect(several.match(/^random\t/gm)).toHaveLength(10);
  const many = of([draw(5, "other"), ...Array.from({ length: 11 }, (_, k) => draw(k))]);
  expect(many).toContain("other\t2 [");
  expect(many).toMatch(/^random\t22 \[(\d+)\]\t\{"n":1,"seed":"11 seeds: 0 to 10"\} \[\1\]$/m);
  expect(many).toContain("run.json /draws\n");
});

describe("names are anybody's", () => {
  const name = "V1\n\n# Not a heading\t<img src=x onerror=alert(1)> [a](b) \\|";
  const call = { cell: 1, call: name, of: [name], options: { [name]: 1 } };
  const own = {
    ...run,
    ...{ calls: [call], results: { [name]: 0.5 }, parameters: { [name]: 2 } },
    draws: [{ call: name, options: { seed: 1 }, times: 1 }],
  };
  const protocol = {
    ...{ kind: "tsrsa protocol" as const, version: 1 as const, notebook: "n", tsrsa: name },
    ...{ created: name, ranBefore: name, codeSha256: name, sha256: name },
    ...{ parameters: { [name]: 3 }, calls: [{ ...call, of: ["x"], options: { [name]: 4 } }] },
  };
  const { markdown, html, text } = methodsReport(own, { protocol });

  test("in Markdown they make no heading, no element, no link and no row", () => {
    expect(markdown).not.toMatch(/(^|[^\\])[<[](?!\^)/);
    expect(markdown.match(/^#.*/gm)).toHaveLength(7);
    const rows = markdown.split("\n").filter((line) => line.startsWith("| "));
    const cells = rows.map((row) => row.replace(/\\./g, "").split("|").length - 2);
    // Results, options, draws and deviations, each with a head and a rule.
    expect(cells).toEqual([...times(3, 2), ...times(7, 3), ...times(8, 4)]);
  });

  test("in text they make no line and no cell", () => {
    expect(text).not.toMatch(/^# Not a heading/m);
    const rows = text.split("\n").filter((line) => line.includes("\t"));
    const lengths = rows.map((row) => row.split("	").length);
    expect(lengths).toEqual([...times(2, 2), ...times(5, 3), ...times(7, 4)]);
  });

  test("in a page they are text", () => {
    expect(html).not.toContain("<img");
    expect(html.match(/<h[12]>/g)).toHaveLength(7);
  });
});

test("calls of which there is nothing to say but their name stand together, each with its place", () => {
  const call = (cell: number, name: string, options = {}) => ({
    cell,
    call: name,
    of: [],
    options,
  });
  const calls = [
    ...[call(2, "mean"), call(3, "rsa"), call(4, "median", { jobs: 2 }), call(5, "mean")],
    ...[call(6, "takeColumns", { from: 1 }), call(7, "constructor")],
  ];
  const { text } = methodsReport({ ...run, calls });
  expect(text.replace(/ \[\d+\]/g, "")).toContain(
    [
      "Data and model RDMs were compared (rsa, cell 3), with no options written there.",
      "takeColumns was called (cell 6): from = 1.",
      "Also called, with no options written there: mean (cells 2, 5), median (cell 4), constructor (cell 7).",
    ].join("\n\n"),
  );
  const { html } = methodsReport({ ...run, calls });
  expect(html).toContain('data-source="run.json /calls/3/cell">5<');
});

test("a result that has a code beside its numbers is shown whole", () => {
  const results = {
    failed: { code: 404, trials: 17 },
    named: { code: "E1", n: 3 },
    only: { code: "x" },
  };
  const { text } = methodsReport({ ...run, results });
  expect(text).toContain('failed\t{"code":404,"trials":17} [');
  expect(text).toContain('named\t{"code":"E1","n":3} [');
  expect(text).toContain('only\t{"code":"x"} [');
  const calls = [{ cell: 1, call: "rsa", of: [], options: { a: { code: "f()" }, b: { code: 1 } } }];
  const options = methodsReport({ ...run, calls }).text;
  expect(options).toContain("a = f() [");
  expect(options).toContain('b = {"code":1} [');
});

function times(count: number, value: number): number[] {
  return Array.from({ length: count }, () => value);
}

function unescaped(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}
