import { expect, test } from "vitest";
import { parseTsv } from "../../../src/io/tsv/index.ts";
import { readCases } from "../../reference/glm/read.ts";

interface Refusal {
  readonly name: string;
  readonly function: string;
  readonly input: { readonly text: string };
  readonly expected: {
    readonly refused: boolean;
    readonly error: string;
    readonly words: string[];
  };
}

test.each(readCases<Refusal>("refusals").filter((one) => one.function === "readTsv"))(
  "$name",
  ({ input, expected }) => {
    const run = () => parseTsv(input.text, { name: "events.tsv" });
    if (!expected.refused) {
      expect(run().names).toEqual(["onset", "duration"]);
      return;
    }
    const error = errorOf(run);
    expect(error.name).toBe(expected.error);
    for (const word of expected.words) expect(error.message).toContain(word);
  },
);

test("n/a is missing, and so is what others write for it", () => {
  const { columns } = parseTsv("a\tb\n1\tn/a\nNaN\tx\n\ty\n");
  expect(columns.get("a")).toEqual([1, null, null]);
  expect(columns.get("b")).toEqual([null, "x", "y"]);
});

test("a single column without separators is a table", () => {
  expect(parseTsv("onset\n1\n2\n").columns.get("onset")).toEqual([1, 2]);
});

function errorOf(run: () => unknown): Error {
  try {
    run();
  } catch (error) {
    return error as Error;
  }
  return new Error("nothing was refused");
}
