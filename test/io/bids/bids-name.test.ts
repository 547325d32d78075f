import { expect, test } from "vitest";
import { bidsName, parseBidsName } from "../../../src/io/bids/index.ts";
import { readCases } from "../../reference/glm/read.ts";

interface NameCase {
  readonly kind: string;
  readonly file: string;
  readonly name: string;
  readonly expected: { readonly why: string };
}

const cases = readCases<NameCase>("bids");

test.each(cases.filter(({ kind }) => kind === "name"))("$name", ({ file, expected }) => {
  const parsed = parseBidsName(`/somewhere/sub-77/${file}`);
  expect(parsed).toEqual(expected);
  expect(bidsName(parsed)).toBe(file);
});

test.each(cases.filter(({ kind }) => kind === "name-refused"))("$name", ({ file, expected }) => {
  expect(() => parseBidsName(file)).toThrow(expected.why);
});

test("a name is put together in the order of the standard, unknown entities behind", () => {
  const entities = { stat: "t", desc: "x", run: "01", sub: "02", space: "T1w", ses: null };
  expect(bidsName({ entities, suffix: "statmap", extension: ".nii" })).toBe(
    "sub-02_run-01_space-T1w_desc-x_stat-t_statmap.nii",
  );
});

test("what a name cannot hold is refused", () => {
  const entities = { sub: "01", desc: "my_model" };
  expect(() => bidsName({ entities, suffix: "statmap" })).toThrow(/my_model.*letters and digits/);
  expect(() => bidsName({ entities: {}, suffix: "bold" })).toThrow(/no entity/);
  expect(() => bidsName({ entities: { sub: "1" }, suffix: "" })).toThrow(/empty part/);
  expect(() => bidsName({ entities: { "a-b": "1" }, suffix: "bold" })).toThrow(/letters, digits/);
  expect(() => parseBidsName("sub-01_\u0000x-1_bold.nii")).toThrow(/no entity/);
  expect(() => parseBidsName(7 as never)).toThrow(/give text/);
  expect(parseBidsName("constructor-1_bold").entities).toEqual({ constructor: "1" });
});
