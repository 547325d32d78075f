import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Connection } from "../../kernel/wire/connection.ts";
import { TestClient, value } from "./support/client.ts";

let client: TestClient;

beforeAll(async () => {
  client = await TestClient.start();
});

afterAll(async () => {
  await client.close();
});

const attack = { code: "globalThis.attacked = true", silent: false };

/** Bad messages of every kind; `i` chooses. */
function badFrames(i: number, replayed: string[]): (string | Buffer)[] {
  const { frames } = client.frames("execute_request", attack);
  const [delimiter, signature, header, parent, metadata, content] = frames;
  const rest = [header, parent, metadata, content];
  const sign = (parts: (string | Buffer)[]): (string | Buffer)[] => [
    delimiter,
    client.sign(parts),
    ...parts,
  ];
  const kinds: (() => (string | Buffer)[])[] = [
    () => [delimiter, "", ...rest],
    () => [delimiter, "0".repeat(64), ...rest],
    () => [delimiter, signature.toUpperCase(), ...rest],
    () => [delimiter, signature.slice(0, -1), ...rest],
    () => [delimiter, signature, header, parent, metadata, content.replace("true", "1234")],
    () => replayed,
    () => [signature, ...rest],
    () => [delimiter],
    () => [delimiter, signature, header],
    () => [randomBytes(64)],
    () => sign([randomBytes(40), "{}", "{}", "{}"]),
    () => sign(["{", "{}", "{}", "{}"]),
    () => sign(["[]", "{}", "{}", content]),
    () => sign(["null", "null", "null", "null"]),
    () => sign([JSON.stringify({ msg_type: "execute_request" }), "{}", "{}", content]),
    () => sign([header.replace("execute_request", "__proto__"), "{}", "{}", content]),
    () => sign([header.replace("execute_request", "no_such_request"), "{}", "{}", content]),
    () => sign([header, "{}", "{}", JSON.stringify({ code: ["globalThis.attacked = true"] })]),
    () => sign([header, "{}", "{}", '{"__proto__": {"code": "globalThis.attacked = true"}}']),
    () => sign([header, "{}", "x".repeat(2 ** 20 + 1), content]),
    () => sign([header, "[".repeat(60_000) + "]".repeat(60_000), "{}", content]),
    () => [...Array<string>(20).fill("identity"), ...frames],
    () => [...frames.slice(0, 1), client.connection.key, ...rest],
  ];
  return kinds[i % kinds.length]();
}

describe("messages nobody should send", () => {
  test("10,000 of them are not executed, and the next cell answers within a second", async () => {
    const { id, frames: replayed } = client.frames("execute_request", { code: "1", silent: true });
    await client.sockets.shell.send(replayed);
    await client.answer(id);
    const before = client.published.length;
    for (let i = 0; i < 10_000; i++) {
      const channel = (["shell", "control", "stdin"] as const)[i % 3];
      await client.sockets[channel].send(badFrames(i, replayed));
    }
    const began = performance.now();
    const answer = await client.execute("typeof attacked");
    expect(performance.now() - began).toBeLessThan(1000);
    expect(value(answer)).toBe("'undefined'");
    const inputs = client.published
      .slice(before)
      .filter(({ header }) => header.msg_type === "execute_input");
    expect(inputs.length).toBe(1);
  });

  test("what is refused is said without the right signature or the key", async () => {
    const { frames } = client.frames("execute_request", attack);
    await client.sockets.shell.send([frames[0], "f".repeat(64), ...frames.slice(2)]);
    await client.execute("1");
    expect(client.stderr).toMatch(/refused a message on \w+: /);
    expect(client.stderr).not.toContain(client.connection.key);
    expect(client.stderr).not.toContain(frames[1]);
  });

  test("a message larger than the cap loses its connection, not the kernel", async () => {
    const other = await TestClient.start();
    const huge = Buffer.alloc(130 * 2 ** 20);
    await other.sockets.control.send(["<IDS|MSG>", huge]);
    expect(value(await other.execute("1 + 1"))).toBe("2");
    await other.close();
  }, 30_000);
});

describe("connections", () => {
  test("an empty key means no signatures", async () => {
    const open = await TestClient.start({ key: "" });
    expect(value(await open.execute("1 + 1"))).toBe("2");
    await open.close();
  });

  test("hmac-sha512 works when the connection file asks for it", async () => {
    const other = await TestClient.start({ signature_scheme: "hmac-sha512" });
    expect(value(await other.execute("1 + 1"))).toBe("2");
    await other.close();
  });

  const refused: [Partial<Connection>, RegExp][] = [
    [{ signature_scheme: "hmac-md5" }, /scheme "hmac-md5".*known are hmac-sha256/s],
    [{ ip: "0.0.0.0" }, /listen on 0\.0\.0\.0, which other machines can reach/],
  ];
  test.each(refused)("%o is refused in words", async (change, says) => {
    await expect(TestClient.start(change)).rejects.toThrow(says);
  });
});
