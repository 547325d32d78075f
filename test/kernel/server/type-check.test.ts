import { expect, test } from "vitest";
import { noLanguage } from "../../../kernel/server/no-language.ts";
import type { Outlet } from "../../../kernel/server/outlet.ts";
import { TypeCheck } from "../../../kernel/server/type-check.ts";

const outlet = {} as Outlet;

test("a strict cell whose types could not be checked is refused, and told why", async () => {
  const types = new TypeCheck(async () => noLanguage, outlet);
  expect(await types.refuse("const n: string = 3", 1)).toMatchObject({
    ename: "TypeCheckError",
    evalue: expect.stringContaining("could not be checked") as string,
  });
});

test("a strict cell without type errors is not refused", async () => {
  const types = new TypeCheck(async () => ({ ...noLanguage, diagnose: async () => [] }), outlet);
  expect(await types.refuse("1", 1)).toBeUndefined();
});

test("a service that is far away is not started for a warning, and warns once it is there", async () => {
  const asked: string[] = [];
  const language = (isReady: boolean) => ({
    ...noLanguage,
    isReady,
    diagnose: async (code: string) => void asked.push(`${code} ${isReady}`),
  });
  const work = {} as Parameters<TypeCheck["warn"]>[0];
  await new TypeCheck(async () => language(false), outlet, true).warn(work, "1", 1);
  expect(asked).toEqual([]);
  await new TypeCheck(async () => language(false), outlet).warn(work, "2", 1);
  await new TypeCheck(async () => language(true), outlet, true).warn(work, "3", 1);
  expect(asked).toEqual(["2 false", "3 true"]);
});
