import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { WebSocket } from "ws";
import type { Lab } from "../../../cli/lab/server.ts";
import { notebookFolder, startLab, Visitor } from "./lab.ts";

interface Heard {
  readonly channel: string;
  readonly type?: string;
  readonly kernel?: string;
  readonly known?: boolean;
  readonly number?: number;
  readonly header?: { msg_type: string };
  readonly parent_header?: { cell?: string; msg_id?: string };
  readonly content?: Record<string, unknown>;
}

const folder = notebookFolder();
let lab: Lab;
let visitor: Visitor;

beforeAll(async () => {
  lab = await startLab(folder);
  visitor = await Visitor.enter(lab);
});
afterAll(() => lab.close());

/** A tab: what it has heard, and how it speaks. */
class Tab {
  readonly heard: Heard[] = [];
  readonly #socket: WebSocket;
  #sent = 0;

  constructor(path: string, tab: string, kernel = "", after = 0) {
    this.#socket = visitor.socket(`path=${path}&tab=${tab}&kernel=${kernel}&after=${after}`);
    this.#socket.on("message", (data: Buffer) =>
      this.heard.push(JSON.parse(data.toString()) as Heard),
    );
  }

  /** A tab that has heard all there is. */
  static async open(...given: ConstructorParameters<typeof Tab>): Promise<Tab> {
    const tab = new Tab(...given);
    await tab.until(({ type }) => type === "heard");
    return tab;
  }

  async until(isThere: (heard: Heard) => boolean): Promise<Heard> {
    for (;;) {
      const found = this.heard.find(isThere);
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  send(channel: string, type: string, content: object, cell?: string): string {
    const id = `m${(this.#sent += 1)}-${Math.random()}`;
    const header = {
      msg_id: id,
      msg_type: type,
      session: "s",
      ...(cell === undefined ? {} : { cell }),
    };
    this.#socket.send(
      JSON.stringify({ channel, header, parent_header: {}, metadata: {}, content }),
    );
    return id;
  }

  run(code: string, cell: string): string {
    return this.send("shell", "execute_request", { code }, cell);
  }

  raw(text: string): void {
    this.#socket.send(text);
  }

  close(): void {
    this.#socket.terminate();
  }

  /** The text a cell printed, as far as it was heard. */
  printed(cell: string): string {
    return this.heard
      .filter(
        ({ header, parent_header: parent }) =>
          header?.msg_type === "stream" && parent?.cell === cell,
      )
      .map(({ content }) => String(content?.text))
      .join("");
  }
}

const isIdle = (id: string) => (heard: Heard) =>
  heard.content?.execution_state === "idle" && heard.parent_header?.msg_id === id;

test("a tab that comes back hears what it missed and nothing twice; a new one hears all", async () => {
  const first = await Tab.open("one.ts", "t1");
  const { kernel = "" } = await first.until(({ type }) => type === "hello");
  await first.until(isIdle(first.run('console.log("a")', "c1")));
  const last = Math.max(...first.heard.map(({ number = 0 }) => number));
  first.close();
  const other = await Tab.open("one.ts", "t2");
  await other.until(isIdle(other.run('console.log("b")', "c2")));
  const back = await Tab.open("one.ts", "t1", kernel, last);
  expect(await back.until(({ type }) => type === "hello")).toMatchObject({ kernel, known: true });
  expect([back.printed("c1"), back.printed("c2")]).toEqual(["", "b\n"]);
  const fresh = await Tab.open("one.ts", "t3");
  expect([fresh.printed("c1"), fresh.printed("c2")]).toEqual(["a\n", "b\n"]);
  for (const tab of [other, back, fresh]) tab.close();
});

test("of a cell that ran again only the last run is told", async () => {
  const tab = await Tab.open("two.ipynb", "t1");
  await tab.until(isIdle(tab.run('console.log("old")', "c")));
  await tab.until(isIdle(tab.run('console.log("new")', "c")));
  const fresh = await Tab.open("two.ipynb", "t2");
  expect(fresh.printed("c")).toBe("new\n");
  tab.close();
  fresh.close();
});

test("each notebook has a kernel of its own", async () => {
  writeFileSync(join(folder, "a.ts"), "// %%\n");
  writeFileSync(join(folder, "b.ts"), "// %%\n");
  const [a, b] = [await Tab.open("a.ts", "t"), await Tab.open("b.ts", "t")];
  await a.until(isIdle(a.run("let mine = 1;", "c")));
  await b.until(isIdle(b.run("console.log(typeof mine)", "c")));
  expect(b.printed("c")).toBe("undefined\n");
  a.close();
  b.close();
});

test("answers go to the tab that asked, what is published to all", async () => {
  const [one, two] = [await Tab.open("one.ts", "x1"), await Tab.open("one.ts", "x2")];
  const id = one.send("shell", "kernel_info_request", {});
  await one.until(({ header }) => header?.msg_type === "kernel_info_reply");
  await two.until(isIdle(id));
  expect(two.heard.some(({ header }) => header?.msg_type === "kernel_info_reply")).toBe(false);
  one.close();
  two.close();
});

test("a restart is another kernel, told to every tab, with nothing of the old one", async () => {
  const [one, two] = [await Tab.open("a.ts", "r1"), await Tab.open("a.ts", "r2")];
  await one.until(isIdle(one.run('let gone = 1; console.log("before")', "c")));
  const { kernel } = await two.until(({ type }) => type === "hello");
  one.send("control", "shutdown_request", { restart: true });
  const hello = await two.until((heard) => heard.type === "hello" && heard.kernel !== kernel);
  expect(hello.known).toBe(false);
  await one.until((heard) => heard.type === "hello" && heard.kernel !== kernel);
  const id = one.run("console.log(typeof gone)", "c2");
  await one.until(isIdle(id));
  expect(one.printed("c2")).toBe("undefined\n");
  const fresh = await Tab.open("a.ts", "r3");
  expect(fresh.printed("c")).toBe("");
  for (const tab of [one, two, fresh]) tab.close();
});

test("what is no message is refused, and the next is answered", async () => {
  const tab = await Tab.open("one.ts", "y");
  const bad = [
    "",
    "{",
    "[]",
    "1",
    '{"channel":"iopub","header":{}}',
    '{"channel":"shell"}',
    '{"channel":"shell","header":{"msg_id":1}}',
  ];
  for (const text of bad) tab.raw(text);
  await tab.until(() => tab.heard.filter(({ type }) => type === "refused").length === bad.length);
  const id = tab.run('console.log("alive")', "c9");
  await tab.until(isIdle(id));
  expect(tab.printed("c9")).toBe("alive\n");
  tab.close();
});
