import { expect, test } from "vitest";
import { UnknownOption } from "../../src/core/errors.ts";
import { calls, folder } from "./calls.ts";
import { signatures } from "./signatures.ts";
import { callOf, resultOf } from "./surface.ts";

const withOptions = [...signatures()].filter(
  ([name, { options }]) => name in calls && options.length > 0,
);

test("there are functions with options", () => expect(withOptions.length).toBeGreaterThan(60));

test.each(withOptions)("%s refuses a misspelt option and says which is meant", async (name, of) => {
  process.chdir(folder);
  const args = calls[name];
  const slipped = of.options.map((option) => `${option}Q`);
  const taken: string[] = [];
  for (const slip of slipped) {
    const options = { ...(args[of.optionsAt] as object), [slip]: 1 };
    const error: unknown = await resultOf(() =>
      callOf(name)(...args.map((value, at) => (at === of.optionsAt ? options : value))),
    ).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof UnknownOption && error.found === slip)) taken.push(slip);
  }
  expect(taken).toEqual([]);
});
