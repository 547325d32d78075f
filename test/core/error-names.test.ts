import { expect, test } from "vitest";
import * as disk from "../../src/core/disk-errors.ts";
import * as errors from "../../src/core/errors.ts";
import { DownloadFailed } from "../../data-fetch/download/errors.ts";

const classes = Object.values({ ...errors, ...disk, DownloadFailed }).filter(
  (value): value is new (...args: never[]) => errors.TsrsaError =>
    typeof value === "function" &&
    value !== errors.TsrsaError &&
    value.prototype instanceof errors.TsrsaError,
);

test.each(classes.map((made) => [made.name, made] as const))(
  "%s is called so by its code, which a bundler leaves alone",
  (name, made) => {
    const renamed = { p: class extends (made as new (...args: unknown[]) => Error) {} };
    const lists = name === "ItemMismatch" || name === "DuplicateItem";
    const error = new renamed.p(...(lists ? [["a"], ["b"]] : ["a", "b", ["c"], "d"]));
    expect(error.constructor.name).toBe("p");
    expect(error.name).toBe(name);
  },
);

test("there are errors to name", () => expect(classes.length).toBeGreaterThan(12));
