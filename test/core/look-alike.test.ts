import { expect, test } from "vitest";
import { alignByLabel } from "../../src/table/index.ts";

test("labels that look alike are told apart by their code points, with what to do", () => {
  const [composed, split] = ["caf\u00e9", "cafe\u0301"];
  expect(() => alignByLabel([split], [composed])).toThrow(/U\+00E9.*U\+0065 U\+0301.*normalize/s);
  expect(() => alignByLabel(["a\u00a0b"], ["a b"])).toThrow(/U\+0020.*U\+00A0.*normalize/s);
  expect(() => alignByLabel(["b"], ["a"])).toThrow(/spelled the same way/);
});
