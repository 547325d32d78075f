import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type * as Zeromq from "zeromq";
import { Subscriber } from "zeromq";
import type { Connection } from "../../kernel/wire/connection.ts";
import { listen } from "../../kernel/wire/zeromq.ts";

/** What the socket of published messages is asked for, in order; `fails` lets every reading fail at once. */
const { asked, many } = vi.hoisted(() => ({
  asked: { calls: new Array<string>(), fails: false },
  many: 10_000,
}));

vi.mock("zeromq", async (original) => {
  const zeromq = await original<typeof Zeromq>();
  class XPublisher extends zeromq.XPublisher {
    override async bind(address: string): Promise<void> {
      asked.calls.push("bind");
      await super.bind(address);
      asked.calls.push("bound");
    }
    override receive(): Promise<Buffer[]> {
      asked.calls.push("receive");
      if (asked.fails && asked.calls.length < many) throw new Error("Socket is blocked");
      return super.receive();
    }
  }
  return { ...zeromq, XPublisher };
});

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tsrsa-early-"));
  asked.calls = [];
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

/** By files, so that no other program takes its places. */
const connection = (): Connection => ({
  ...{ transport: "ipc", ip: join(folder, "k"), key: "k", signature_scheme: "hmac-sha256" },
  ...{ shell_port: 1, iopub_port: 2, stdin_port: 3, control_port: 4, hb_port: 5 },
  ...{ curve_publickey: undefined, curve_secretkey: undefined },
});

test.skipIf(process.platform === "win32")(
  "a front end that subscribes before the kernel is bound is heard; its socket is read only when bound",
  async () => {
    const front = new Subscriber({ reconnectInterval: 1 });
    front.connect(`ipc://${folder}/k-2`);
    front.subscribe("early");
    let heard: (topic: Buffer) => void = () => undefined;
    const topic = new Promise<Buffer>((resolve) => (heard = resolve));
    const transport = await listen(connection(), () => undefined, heard);
    expect(String(await topic)).toBe("early");
    expect(asked.calls.slice(0, 3)).toEqual(["bind", "bound", "receive"]);
    front.close();
    await transport.close();
  },
);

test.skipIf(process.platform === "win32")(
  "a socket whose every reading fails leaves the others their turn",
  async () => {
    asked.fails = true;
    const said = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const transport = await listen(connection(), () => undefined);
    const reading = asked.calls.length;
    for (let turn = 0; turn < 3; turn++) await new Promise((resume) => setImmediate(resume));
    expect(asked.calls.length).toBeGreaterThan(reading);
    expect(asked.calls.length).toBeLessThan(many);
    expect(said.mock.calls.flat().join("")).toContain(
      "refused a message on iopub: Socket is blocked",
    );
    await transport.close();
    asked.fails = false;
  },
);
