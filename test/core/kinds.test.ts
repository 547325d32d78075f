import { describe, expect, test } from "vitest";
import { InvalidArgument, UnknownOption } from "../../src/core/errors.ts";
import * as kinds from "../../src/core/gate/kinds.ts";
import { checkOptions } from "../../src/core/gate/options.ts";
import { computeRdm, Rdm, rsa } from "../../src/index.ts";

const strangers = [null, "12", 10n, {}, new Map(), new Date(0), Symbol("s"), () => 1];

describe("a kind refuses every other kind, and names the argument", () => {
  test.each<[string, kinds.Kind, readonly unknown[], readonly unknown[]]>([
    ["flag", kinds.flag, [true, false], [...strangers, 0, 1, "false"]],
    ["number", kinds.number, [0, -1.5, Infinity], [...strangers, NaN, true]],
    ["finite", kinds.finite, [0, -1.5], [...strangers, NaN, Infinity, true]],
    ["positive", kinds.positive, [1e-9], [...strangers, 0, -1, NaN, Infinity, true]],
    ["share", kinds.share, [0, 1], [...strangers, -0.1, 1.1]],
    ["whole", kinds.whole(1), [1, 2], [...strangers, 0, 1.5, 1e300, NaN, true]],
    ["limit", kinds.limit, [1, Infinity], [...strangers, 0, NaN]],
    ["numbers", kinds.numbers, [[], [1, NaN], Float32Array.of(1)], [...strangers, ["1"], [null]]],
    ["texts", kinds.texts, [[], ["a"]], [null, "abc", [1], new Set(["a"])]],
    ["range", kinds.range, [[0, 1]], [...strangers, [1, 0], [0], [0, NaN], [0, 1, 2]]],
    ["list of flags", kinds.listOf(kinds.flag), [[true]], [...strangers, [1], "ab"]],
  ])("%s", (_, kind, fitting, others) => {
    for (const value of fitting) kind(value, "thing");
    for (const value of others) expect(() => kind(value, "thing")).toThrow(InvalidArgument);
    expect(() => kind(others[0], "thing")).toThrow(/^invalid thing/);
  });

  test("a list that only claims its length is refused without walking it", () => {
    const claimed: number[] = [];
    claimed.length = 2 ** 32 - 1;
    expect(() => kinds.numbers(claimed, "numbers")).toThrow(InvalidArgument);
    expect(() => kinds.listOf(kinds.flag)(claimed, "flags")).toThrow(InvalidArgument);
  });

  test("of several kinds the last says what is wrong", () => {
    const kind = kinds.either(kinds.finite, kinds.oneOf(["max"]));
    kind(3, "nFolds");
    kind("max", "nFolds");
    expect(() => kind("mas", "nFolds")).toThrow(/did you mean "max"/);
  });
});

const one = new Rdm([1, 2, 3]);
const wrong = (options: object): never => options as never;

describe("options of another kind are refused where they were read as something", () => {
  test.each([{ ignoreNan: "false" }, { ignoreNan: 0 }, { metric: ["pearson"] }, { metric: 10n }])(
    "rsa with %o",
    (options) => expect(() => rsa(one, one, wrong(options))).toThrow(/ignoreNan|metric/),
  );

  test.each([{ jobs: "2" }, { jobs: 1.5 }, { signal: {} }, { onProgress: "yes" }])(
    "the options of any job with %o",
    (options) =>
      expect(() => checkOptions(wrong(options), {})).toThrow(/invalid (jobs|signal|onProgress)/),
  );

  test("a name that is no text, and a name that is a symbol, are said and not closed in a TypeError", () => {
    expect(() => computeRdm([[1, 2]], wrong({ metric: Symbol("x") }))).toThrow(UnknownOption);
    expect(() => computeRdm([[1, 2]], wrong({ name: 3 }))).toThrow(/invalid name: 3; give text/);
  });

  test("options that are a Map, a Date or a Promise would be ignored, and are refused", () => {
    for (const options of [new Map(), new Date(0), Promise.resolve({}), Float64Array.of(1)])
      expect(() => checkOptions(wrong(options), {})).toThrow(/invalid options/);
  });
});
