import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { TestClient } from "./support/client.ts";

let client: TestClient;

beforeAll(async () => {
  client = await TestClient.start();
  mkdirSync(join(client.folder, "data"));
  writeFileSync(join(client.folder, "data", "faces.csv"), "");
  await client.execute(`
    let touched = 0;
    const data = JSON.parse('{"alpha": 1, "beta": { "gamma": [{ "delta": 2 }] }, "odd key": 3}');
    const trap: any = { get boom() { touched += 1; return { x: 1 } }, inner: new Proxy({}, { ownKeys() { touched += 1; return [] } }) };
    class Frame { [Symbol.for("Jupyter.keys")]() { return ["subject", "reaction time"] } column(name: string) { return name } }
    const frame: any = new Frame();
    process.env.TSRSA_TABBED = "1";`);
});

afterAll(() => client.close());

async function complete(code: string): Promise<string[]> {
  const { content } = await client.request("complete_request", {
    code,
    cursor_pos: [...code].length,
  });
  const [start, matches] = [content.cursor_start as number, content.matches as string[]];
  return matches.map((match) => [...code].slice(0, start).join("") + match);
}

const questions: readonly (readonly [string, string])[] = [
  ["data.", "data.alpha"],
  ["1 + data.be", "1 + data.beta"],
  ["data.beta.gamma[0].", "data.beta.gamma[0].delta"],
  ["data['beta'].", "data['beta'].gamma"],
  ["data['od", "data['odd key"],
  ["process.env.TSRSA_T", "process.env.TSRSA_TABBED"],
  ['frame["rea', 'frame["reaction time'],
  ['frame.column("su', 'frame.column("subject'],
  ["frame.col", "frame.column"],
  ["touch", "touched"],
  ['"./da', '"./data/'],
  ['readCsv("data/fa', 'readCsv("data/faces.csv'],
  ["Math.hyp", "Math.hypot"],
];

test.each(questions)("before types are there: %s", async (code, expected) => {
  expect(await complete(code)).toContain(expected);
});

test("when types are there", async () => {
  await client.execute("%strict\n1");
  for (const [code, expected] of questions) expect(await complete(code)).toContain(expected);
  expect(await complete("data.beta.gamma.map(x => x).")).toEqual([]);
});

test("help shows the value where types know nothing of it", async () => {
  const inspect = async (code: string): Promise<unknown> =>
    (await client.request("inspect_request", { code, cursor_pos: [...code].length })).content.data;
  expect(await inspect("data.beta")).toEqual({
    "text/plain": "value (object): { gamma: [ { delta: 2 } ] }",
    "text/markdown": "```\nvalue (object): { gamma: [ { delta: 2 } ] }\n```",
  });
  const plain = (await inspect("data")) as Record<string, string>;
  expect(plain["text/plain"]).toMatch(/^const data: any\n\nvalue \(object\): \{/);
  expect(await inspect("trap.boom")).toEqual({});
  expect(await inspect("nobodyKnows")).toEqual({});
});

test("magics are completed at the top of a cell", async () => {
  expect(await complete("%ti")).toEqual(["%time", "%timeit"]);
  expect(await complete("%strict\n%%cap")).toEqual(["%strict\n%%capture"]);
  expect(await complete("7 %ti")).not.toContain("7 %time");
});

test("no getter is run, and no proxy asked", async () => {
  expect(await complete("trap.")).toContain("trap.boom");
  await complete("trap.boom.");
  await complete("trap.inner.");
  const { published } = await client.execute("touched");
  const result = published.find(({ header }) => header.msg_type === "execute_result");
  expect(result?.content.data).toEqual({ "text/plain": "0" });
});
