import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { TestClient, value } from "./support/client.ts";

test.skipIf(process.platform === "win32")(
  "a kernel listens on sockets in the file system where the connection file says so",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "ipc-"));
    const ports = { shell_port: 1, iopub_port: 2, stdin_port: 3, control_port: 4, hb_port: 5 };
    const client = await TestClient.start({ transport: "ipc", ip: join(folder, "k"), ...ports });
    try {
      expect(value(await client.execute("6 * 7"))).toBe("42");
      await client.heartbeat.send("alive");
      expect(String(await client.heartbeat.receive())).toBe("alive");
    } finally {
      await client.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
