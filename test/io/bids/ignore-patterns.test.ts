import { expect, test } from "vitest";
import { ignorePatterns } from "../../../src/io/bids/ignore-patterns.ts";

// What git check-ignore says of the same lines and paths.
test.each([
  ["*.html", "a.html", true],
  ["*.html", "sub-01/a.html", true],
  ["*.html", "a.htm", false],
  ["figures/", "figures", false],
  ["figures/", "sub-01/figures/a.svg", true],
  ["/sub-01", "sub-01/func/x.nii", true],
  ["/sub-01", "other/sub-01/x.nii", false],
  ["sub-01/func", "sub-01/func/x.nii", true],
  ["sub-01/func", "x/sub-01/func/y", false],
  ["sub-*/func/*_sbref*", "sub-02/func/sub-02_sbref.nii", true],
  ["sub-*/*_sbref*", "sub-02/func/sub-02_sbref.nii", false],
  ["**/func/x", "a/b/func/x", true],
  ["**/func/x", "func/x", true],
  ["**/func/x", "afunc/x", false],
  ["sub-01/**", "sub-01/a/b", true],
  ["a/**/b", "a/x/y/b", true],
  ["a/**/b", "a/b", true],
  ["sub-0[1-2]*", "sub-02_x", true],
  ["sub-0[!1-2]*", "sub-02_x", false],
  ["sub-0?", "sub-09", true],
  ["# x", "# x", false],
  ["*.nii\n!keep.nii", "keep.nii", false],
  ["*.nii\n!keep.nii", "other.nii", true],
  ["a.b", "axb", false],
  ["\\#x", "#x", true],
  ["[", "[", true],
])("%s and %s: %s", (patterns, path, expected) => {
  expect(ignorePatterns(patterns)(path)).toBe(expected);
});

test("no pattern takes long", () => {
  expect(ignorePatterns(`${"*a".repeat(60)}b`)("a".repeat(250))).toBe(false);
});
