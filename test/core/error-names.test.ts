import { expect, test } from "vitest";
import { DownloadFailed } from "../../data-fetch/download/errors.ts";
import { DiskFull, InTheWay, NotAllowed } from "../../src/core/disk-errors.ts";
import * as errors from "../../src/core/errors.ts";

const samples = {
  InvalidArgument: new errors.InvalidArgument("a", 1, "b"),
  UnknownOption: new errors.UnknownOption("metric", "corelation", ["correlation"]),
  ShapeMismatch: new errors.ShapeMismatch("a", "b"),
  ItemMismatch: new errors.ItemMismatch(["a"], ["b"]),
  UnknownItem: new errors.UnknownItem("a", ["b"]),
  DuplicateItem: new errors.DuplicateItem(["a"]),
  FileFormatError: new errors.FileFormatError("a", "b", "c", "d"),
  MissingFile: new errors.MissingFile("a", "b"),
  Cancelled: new errors.Cancelled("a"),
  Unsupported: new errors.Unsupported("a", "b"),
  DiskFull: new DiskFull("a"),
  NotAllowed: new NotAllowed("a", "read"),
  InTheWay: new InTheWay("a", "folder"),
  DownloadFailed: new DownloadFailed("a", "b"),
};

test.each(Object.entries(samples))(
  "%s is called so by its code, which a bundler leaves alone",
  (name, error) => {
    expect(error.name).toBe(name);
    // What a bundler does to the name of a class.
    Object.defineProperty(error, "constructor", { value: class p {} });
    expect(error.name).toBe(name);
    expect(String(error)).toMatch(new RegExp(`^${name}: `));
  },
);

test("the first line of a stack has the name", () => {
  expect(samples.FileFormatError.stack).toMatch(/^FileFormatError: a: b/);
});
