import { fc } from "../support/fast-check.ts";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { OutgoingMessage } from "../../kernel/messages/message.ts";
import { addressOf, checkConnection, writeConnection } from "../../kernel/wire/connection.ts";
import { decodeMessage, encodeMessage } from "../../kernel/wire/encoding.ts";
import { joinFrames, RefusedMessage, splitFrames } from "../../kernel/wire/framing.ts";
import { Signer } from "../../kernel/wire/signer.ts";

const parts = ["{}", "{}", "{}", "{}"].map((text) => Buffer.from(text));

describe("signatures", () => {
  test("are those of jupyter_client for the same key and parts", () => {
    // jupyter_client 8.10: Session(key=b"secret").sign([b"{}"] * 4)
    expect(new Signer("hmac-sha256", "secret").sign(parts).toString()).toBe(
      "34982f0bfec60e7b933ffde06c1ecab0fba073717a95ab943d1dd06f82c2d5e4",
    );
  });

  test("a right one is taken once", () => {
    const signer = new Signer("hmac-sha256", "secret");
    const signature = signer.sign(parts);
    signer.check(signature, parts);
    expect(() => signer.check(signature, parts)).toThrow(/came before/);
  });

  test("a wrong one is not remembered, so that it cannot push out right ones", () => {
    const signer = new Signer("hmac-sha256", "secret");
    const wrong = Buffer.from("0".repeat(64));
    for (let i = 0; i < 3; i++) expect(() => signer.check(wrong, parts)).toThrow(/is wrong/);
  });

  test("65,536 signatures later a replay is still told", () => {
    const signer = new Signer("hmac-sha256", "secret");
    const first = signer.sign(parts);
    signer.check(first, parts);
    for (let i = 1; i < 65_536; i++) {
      const other = [...parts.slice(1), Buffer.from(String(i))];
      signer.check(signer.sign(other), other);
    }
    expect(() => signer.check(first, parts)).toThrow(/came before/);
  });
});

describe("framing", () => {
  test("what is joined is split again", () => {
    const bytes = fc.uint8Array({ maxLength: 40 }).map((array) => Buffer.from(array));
    const identity = bytes.filter((frame) => frame.toString() !== "<IDS|MSG>");
    fc.assert(
      fc.property(
        fc.array(identity, { maxLength: 3 }),
        bytes,
        fc.tuple(bytes, bytes, bytes, bytes),
        fc.array(bytes, { maxLength: 3 }),
        (identities, signature, four, buffers) => {
          const message = { identities, signature, parts: four, buffers };
          expect(splitFrames(joinFrames(message))).toEqual(message);
        },
      ),
    );
  });

  test("any frames are split or refused", () => {
    const frame = fc.oneof(
      fc.constant(Buffer.from("<IDS|MSG>")),
      fc.uint8Array({ maxLength: 8 }).map((array) => Buffer.from(array)),
    );
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 10 }), (frames) => {
        try {
          decodeMessage(frames, new Signer("hmac-sha256", "k"));
          expect.unreachable();
        } catch (error) {
          expect(error).toBeInstanceOf(RefusedMessage);
        }
      }),
    );
  });
});

describe("encoding", () => {
  test("a message survives the wire, with its bytes", () => {
    const header = { msg_id: "1", msg_type: "t", session: "s" };
    const message: OutgoingMessage = {
      identities: [Buffer.from("who")],
      header,
      parent: {},
      metadata: {},
      content: { text: "a😀", n: 1.5 },
      buffers: [new Uint8Array([1, 2, 3]).subarray(1)],
    };
    const frames = encodeMessage(message, new Signer("hmac-sha256", "k"));
    const read = decodeMessage(frames, new Signer("hmac-sha256", "k"));
    expect(read.content).toEqual(message.content);
    expect(read.buffers).toEqual([Buffer.from([2, 3])]);
    expect(read.identities).toEqual(message.identities);
  });
});

const file = {
  ip: "127.0.0.1",
  shell_port: 1,
  iopub_port: 2,
  stdin_port: 3,
  control_port: 4,
  hb_port: 5,
  key: "k",
};

describe("connection files", () => {
  test("addresses are those of the transport", () => {
    expect(addressOf(checkConnection(file), "iopub")).toBe("tcp://127.0.0.1:2");
    expect(addressOf(checkConnection({ ...file, ip: "::1" }), "hb")).toBe("tcp://[::1]:5");
    const ipc = checkConnection({ ...file, transport: "ipc", ip: "/tmp/k" });
    expect(addressOf(ipc, "shell")).toBe("ipc:///tmp/k-1");
  });

  test.each(["0.0.0.0", "192.168.1.2", "127.0.0.1.example.org", "::", ""])(
    "to listen on %j is refused",
    (ip) => {
      expect(() => checkConnection({ ...file, ip })).toThrow(/other machines can reach/);
    },
  );

  test("a port that is no number is refused with its name", () => {
    expect(() => checkConnection({ ...file, hb_port: "5" })).toThrow(
      "the connection file.hb_port has to be a whole number, but is string",
    );
  });

  test.skipIf(process.platform === "win32")("one we write is for its owner alone", () => {
    const folder = mkdtempSync(join(tmpdir(), "connection-"));
    const path = join(folder, "kernel.json");
    writeConnection(path, checkConnection(file));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    rmSync(folder, { recursive: true });
  });
});

test("zeromq is known to kernel/wire alone, so that a run without Jupyter never loads it", () => {
  const root = join(import.meta.dirname, "../..");
  const importers = ["kernel", "cli", "src", "data-fetch"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => join(folder, name))
      .filter((name) => /from "zeromq"/.test(readFileSync(join(root, name), "utf8"))),
  );
  expect(importers.sort()).toEqual(
    ["kernel/wire/lossless-publisher.ts", "kernel/wire/zeromq.ts"].map((name) => join(name)),
  );
});
