import { expect, test } from "vitest";
import { isTsrsaError, UnknownOption } from "../../src/index.ts";
import { calls, folder } from "./calls.ts";
import { hostile, OwnFault } from "./hostile.ts";
import { callOf, resultOf } from "./surface.ts";

type Methods = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;

/** Values that take long in themselves; functions that read lists have them in their own tests. */
const large = /2\^32/;
const values = Object.entries(hostile).filter(([title]) => !large.test(title));

test("no method of what the library gives answers a hostile value by an error of its own", async () => {
  process.chdir(folder);
  const raw: string[] = [];
  const given = await instances();
  expect(given.size).toBeGreaterThan(20);
  for (const [name, instance] of given)
    for (const method of methodsOf(instance))
      for (const [title, make] of values) {
        const value = make();
        for (const args of [[value], [0, value], ["a", value]]) {
          const error = await errorOf(() => (instance as Methods)[method](...args));
          if (error !== undefined)
            raw.push(`${name}.${method}(${args.length}: ${title}): ${error}`);
        }
      }
  expect(raw).toEqual([]);
}, 240_000);

test("a misspelt option of a method is refused", async () => {
  const given = await instances();
  const method = (of: string, name: string, ...args: readonly unknown[]) =>
    resultOf(() => (given.get(of) as Methods)[name](...args));
  for (const name of ["Epochs", "Evoked"])
    await expect(method(name, "crop", { tmin: 0 })).rejects.toThrow(UnknownOption);
  await expect(method("Epochs", "read", { pick: "eeg" })).rejects.toThrow(/"pick".*"picks"/);
  await expect(method("EvalResult", "test", { corection: "none" })).rejects.toThrow(/"correction"/);
  await expect(method("EvalResult", "confidence", { levels: 0.9 })).rejects.toThrow(/"level"/);
  await expect(method("Figure", "png", { scales: 3 })).rejects.toThrow(/"scale"/);
});

/** One of each class that a sound call of the table gives, by the name of its class. */
async function instances(): Promise<Map<string, object>> {
  const given = new Map<string, object>();
  for (const [name, args] of Object.entries(calls)) {
    const result: unknown = await resultOf(() => callOf(name)(...args)).catch(() => undefined);
    const one: unknown = Array.isArray(result) ? result[0] : result;
    const named = typeof one === "object" && one !== null ? one.constructor : undefined;
    if (named !== undefined && !given.has(named.name) && !isOthers(named.name))
      given.set(named.name, one as object);
  }
  return given;
}

/** Classes of the language, of Node and of danfojs. */
function isOthers(name: string): boolean {
  return /^(Object|Map|Set|Promise|Date|Buffer|DataFrame|\w*Array|ArrayBuffer|AsyncGenerator)$/.test(
    name,
  );
}

function methodsOf(instance: object): string[] {
  const names = new Set<string>();
  for (let of: object | null = instance; of !== null && of !== Object.prototype;)
    [of] = [Object.getPrototypeOf(of) as object | null, addMethods(of, names)];
  return [...names];
}

function addMethods(of: object, names: Set<string>): void {
  for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(of)))
    if (name !== "constructor" && typeof value === "function") names.add(name);
}

/** What a call throws that is neither ours nor the user's. */
async function errorOf(call: () => unknown): Promise<string | undefined> {
  try {
    await resultOf(call);
    return undefined;
  } catch (error) {
    return isTsrsaError(error) || error instanceof OwnFault ? undefined : String(error);
  }
}
