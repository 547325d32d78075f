import { expect, test } from "vitest";
import { findDataSet } from "../../data-fetch/index.ts";

test.each([
  ["resnet50", /Apache-2\.0.*ImageNet/],
  ["open-nsfw", /BSD-2-Clause/],
])("weights of %s: licence, size and hash are told before anything is fetched", (name, licence) => {
  const set = findDataSet(name);
  expect(set.licence).toMatch(licence);
  expect(set.expects.every((path) => path.endsWith(".onnx"))).toBe(true);
  for (const { url, mirrors = [], bytes = 0, sha256 } of set.files) {
    for (const address of [url, ...mirrors]) expect(address).toMatch(/^https:\/\//);
    expect(bytes).toBeGreaterThan(20e6);
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  }
  // Nothing but data fetch may download them: weights have no address that is asked for, and no demo twin.
  expect(set.files).toHaveLength(1);
  expect("listFiles" in set || "makeDemo" in set).toBe(false);
});
