import { smallYoungGeneration } from "../../kernel/install/kernelspec.ts";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { TestClient, value } from "./support/client.ts";

/** Memory a process holds, in MB. */
function residentMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

async function stop(client: TestClient): Promise<string> {
  const id = await client.sendCell("while (true) {}");
  await client.until(
    () => client.of(id).find(({ header }) => header.msg_type === "execute_input"),
    5,
    "the start of the cell",
  );
  await client.request("interrupt_request", {}, 5, "control");
  return (await client.answer(id)).reply.content.ename as string;
}

test.skipIf(process.platform !== "linux")(
  "1,000 cells, 50 interrupts and 20 lost processes later the kernel is no larger",
  async () => {
    // As the kernelspec starts it.
    const env = { NODE_OPTIONS: smallYoungGeneration };
    const client = await TestClient.start({}, { env });
    const cells = async (from: number, to: number): Promise<void> => {
      for (let i = from; i < to; i++) {
        const answer = await client.execute(`console.log("x".repeat(1000)); ${i} + 1`);
        expect(value(answer)).toBe(String(i + 1));
        if (i % 20 === 0) expect(await stop(client)).toBe("KeyboardInterrupt");
        if (i % 50 === 0)
          expect((await client.execute("process.exit(1)")).reply.content.ename).toBe(
            "ExecutorExit",
          );
        client.published.length = 0;
        client.received.length = 0;
      }
    };
    await cells(0, 300);
    const before = residentMb(client.pid);
    await cells(300, 1300);
    const after = residentMb(client.pid);
    await client.close();
    expect(after / before).toBeLessThan(1.1);
  },
  120_000,
);
