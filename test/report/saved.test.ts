import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import {
  asTable,
  evalBootstrap,
  evalCrossval,
  evalFixed,
  fixedModel,
  interpolatedModel,
  Observations,
  PowerResult,
  Rdm,
  readNpz,
  readResult,
  resultBytes,
  rsa,
  saveResult,
  selectModel,
  weightedModel,
  type Savable,
} from "../../src/index.ts";

const quiet = { onProgress: false } as const;
const folder = mkdtempSync(join(tmpdir(), "tsrsa-saved-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const items = ["a", "b", "c", "d"];
const subjects = [
  [1, 2, 3, 4, 5, 6],
  [2, 1, 3, 4, 6, 5],
  [1, 2, 3, 5, 4, 6],
].map((d, subject) => new Rdm(d, { items, name: `s${subject}`, meta: { subject } }));
const parts = [
  new Rdm([1, 2, 3, 4, 5, 7], { items, itemTable: asTable({ kind: ["x", "x", "y", "y"] }) }),
  new Rdm([1, 1, 1, 2, 2, 2], { items }),
];
const formats = ["json", "npz"] as const;

async function again<Value extends Savable>(value: Value, format: "json" | "npz"): Promise<Value> {
  return (await readResult(await resultBytes(value, { format }))) as Value;
}

describe.each(formats)("as %s", (format) => {
  test("results come back equal: scores, errors, tests, draws, words", async () => {
    const draws = await evalBootstrap(subjects[0], subjects, {
      ...{ samples: 100, seed: 2, resample: "rdms", ...quiet },
    });
    const found = [
      await evalFixed(
        [...parts.map((rdm, at) => new Rdm(rdm.condensed, { name: `m${at}`, items }))],
        subjects,
        quiet,
      ),
      draws,
      await evalCrossval(weightedModel(parts), subjects, { method: "corr", kItems: 1, ...quiet }),
      await evalFixed(subjects[0], subjects, { method: "bures_metric", ...quiet }),
    ];
    for (const result of found) {
      const read = await again(result, format);
      expect(read.scores).toEqual(result.scores);
      expect(read.summary()).toBe(result.summary());
      expect(read.toTable().rows()).toEqual(result.toTable().rows());
      expect(read.covariance).toEqual(result.covariance);
      expect(read.parameters).toEqual(result.parameters);
      expect(read.direction).toBe(result.direction);
      expect(read.draws).toEqual(result.draws);
      expect(read.notes).toEqual(result.notes);
    }
    const bootstrap = (await again(draws, format)).test({ type: "bootstrap" });
    expect(bootstrap).toEqual(draws.test({ type: "bootstrap" }));
  });

  test("models predict the same", async () => {
    const models = [
      fixedModel(parts[0], { name: "one" }),
      selectModel(parts),
      weightedModel(parts, { name: "both" }),
      interpolatedModel(parts),
    ];
    const read = await again(models, format);
    expect(read.map(({ kind, name }) => [kind, name])).toEqual(
      models.map(({ kind, name }) => [kind, name]),
    );
    expect(read[2].predict([1, 2]).condensed).toEqual(models[2].predict([1, 2]).condensed);
    expect(read[0].predict().itemTable?.column("kind")).toEqual(["x", "x", "y", "y"]);
  });

  test("all other things, and every number as it is", async () => {
    const scores = rsa(subjects, parts);
    expect((await again(scores, format)).toTable().rows()).toEqual(scores.toTable().rows());
    const rdms = await again(subjects, format);
    expect(rdms.map(({ meta, name }) => [meta, name])).toEqual(
      subjects.map(({ meta, name }) => [meta, name]),
    );
    const set = new Observations({ patterns: [[1, NaN]], table: { word: ["ä"] } });
    expect((await again(set, format)).table.column("word")).toEqual(["ä"]);
    const plan = { people: 8, items: 4, runs: 2, effect: 1, rejected: 5, undefinedSets: 0 };
    const parts5 = { sets: 10, alpha: 0.05, seed: 0, test: "t", notes: [] };
    const power = new PowerResult({ plans: [plan], ...parts5 });
    expect((await again(power, format)).words()).toBe(power.words());
    const odd = {
      ...{ nan: NaN, up: Infinity, down: -Infinity, zero: -0, big: 2n ** 70n, none: null },
      ...{ list: [1, "a", true, [0.1 + 0.2]], map: new Map([["k", 1]]), $: "mine" },
      ...{ one: Float32Array.of(0.1), two: Int32Array.of(-1), three: new Float64Array(0) },
      four: Float64Array.of(-0, NaN, 5e-324, Number.MAX_VALUE),
    };
    const read = await again(odd, format);
    expect(read).toEqual(odd);
    expect(Object.is(read.zero, -0)).toBe(true);
    expect(Object.is(read.four[0], -0)).toBe(true);
  });

  test("a file, by its ending", async () => {
    const path = join(folder, `model.${format}`);
    await saveResult(path, weightedModel(parts, { name: "both" }));
    expect(((await readResult(path)) as { name: string }).name).toBe("both");
  });
});

test("numpy's readers find the numbers of an npz", async () => {
  const arrays = await readNpz(await resultBytes({ a: Float64Array.of(1, 2) }, { format: "npz" }));
  expect([...arrays.keys()]).toEqual(["saved.json", "array0"]);
  expect(arrays.get("array0")?.shape).toEqual([2]);
});

describe("refused", () => {
  test("what is no data, by its place", async () => {
    await expect(resultBytes({ a: [1, () => 1] } as never)).rejects.toThrow("value.a.1");
    await expect(resultBytes(Symbol("x") as never)).rejects.toThrow("value");
    await expect(resultBytes(new Date() as never)).rejects.toThrow("are kept");
    await expect(resultBytes(new BigInt64Array(1) as never)).rejects.toThrow("64-bit");
    await expect(saveResult(join(folder, "a.txt"), 1)).rejects.toThrow(".json or .npz");
    await expect(resultBytes(1, { formad: "npz" } as never)).rejects.toThrow("format");
  });

  test.each([
    ["", "saveResult"],
    ["{}", "something else"],
    ["null", "something else"],
    ['{"kind":"tsrsa saved value","version":2,"value":1}', "newer version"],
    ['{"kind":"tsrsa saved value","version":1,"value":{"$":"constructor"}}', "constructor"],
    ['{"kind":"tsrsa saved value","version":1,"value":{"$":"__proto__","data":1}}', "damaged"],
    ['{"kind":"tsrsa saved value","version":1,"value":{"$":3}}', "damaged"],
    [
      '{"kind":"tsrsa saved value","version":1,"value":{"a":{"$":"number","value":"1"}}}',
      "value.a",
    ],
    ['{"kind":"tsrsa saved value","version":1,"value":{"$":"bigint","value":"x"}}', "damaged"],
    ['{"kind":"tsrsa saved value","version":1,"value":{"$":"Rdm","data":null}}', "damaged"],
    [
      '{"kind":"tsrsa saved value","version":1,"value":{"$":"Rdm","data":{"condensed":[1,2]}}}',
      "damaged",
    ],
    ['{"kind":"tsrsa saved value","version":1,"value":{"$":"EvalResult","data":{}}}', "damaged"],
    ['{"kind":"tsrsa saved value","version":1,"value":{"$":"Map","entries":[1]}}', "damaged"],
    ['{"kind":"tsrsa saved value","version":1,"value":{"$":"Map","entries":5}}', "damaged"],
    [
      '{"kind":"tsrsa saved value","version":1,"value":{"$":"model","kind":"x","name":"","rdms":[]}}',
      "damaged",
    ],
    [
      '{"kind":"tsrsa saved value","version":1,"value":{"$":"array","kind":"Float64Array","array":"AAA"}}',
      "damaged",
    ],
    [
      '{"kind":"tsrsa saved value","version":1,"value":{"$":"array","kind":"Function","array":""}}',
      "damaged",
    ],
  ])("%s", async (text, message) => {
    const run = readResult(new TextEncoder().encode(text));
    await expect(run).rejects.toMatchObject({ code: "FILE_FORMAT" });
    await expect(readResult(new TextEncoder().encode(text))).rejects.toThrow(message);
  });

  test("a place of an object's maker changes nothing", async () => {
    const text = '{"kind":"tsrsa saved value","version":1,"value":{"__proto__":{"bad":1},"a":1}}';
    const read = (await readResult(new TextEncoder().encode(text))) as { bad?: number; a: number };
    expect([read.a, ({} as { bad?: number }).bad]).toEqual([1, undefined]);
  });
});

test("instances of classes that are not kept are refused, not saved without what they hold", async () => {
  class Held {
    readonly #samples = [1, 2, 3];
    get n(): number {
      return this.#samples.length;
    }
  }
  for (const value of [new Held(), { inside: [new Held()] }, new (class extends Held {})()])
    await expect(resultBytes(value as never)).rejects.toThrow("are kept");
  const bare = Object.assign(Object.create(null) as object, { a: 1 });
  expect(await readResult(await resultBytes(bare as never))).toEqual({ a: 1 });
});

test("what holds itself, or goes deeper than anything does, is refused by name", async () => {
  const circle: Record<string, unknown> = { n: 1 };
  circle["again"] = [circle];
  await expect(resultBytes(circle as never)).rejects.toThrow("a value that holds itself");
  const ring = new Map<string, unknown>();
  ring.set("ring", ring);
  await expect(resultBytes(ring as never)).rejects.toThrow("a value that holds itself");
  const nested = (depth: number): unknown => {
    let value: unknown = 1;
    for (let k = 0; k < depth; k++) value = [value];
    return value;
  };
  await expect(resultBytes(nested(20_000) as never)).rejects.toThrow("at most 500");
  await expect(resultBytes(nested(501) as never)).rejects.toThrow("at most 500");
  expect(await readResult(await resultBytes(nested(500) as never))).toEqual(nested(500));
  const twice = [1];
  expect(await readResult(await resultBytes({ a: twice, b: twice }))).toEqual({ a: [1], b: [1] });
  const deep = JSON.stringify({ kind: "tsrsa saved value", version: 1, value: 0 }).replace(
    "0}",
    `${"[".repeat(20_000)}${"]".repeat(20_000)}}`,
  );
  await expect(readResult(new TextEncoder().encode(deep))).rejects.toMatchObject({
    code: "FILE_FORMAT",
  });
});
