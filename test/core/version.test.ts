import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { packageVersion } from "../../src/core/version.ts";

test("the version in records is that of the package", () => {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  expect(packageVersion).toBe((JSON.parse(text) as { version: string }).version);
});
