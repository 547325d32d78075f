import { afterEach, expect, test, vi } from "vitest";
import { Patience } from "../../../src/core/http/patience.ts";
import { openAddress } from "../../../src/core/http/open-address.ts";
import { openSource } from "../../../src/core/open-source.ts";
import { openRdmFile, readNifti, rsaNifti } from "../../../src/index.ts";
import { openNifti } from "../../../src/io/nifti/index.ts";
import { rangeServer, type RangeServer } from "./range-server.ts";

const servers: RangeServer[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  for (const server of servers.splice(0)) await server.close();
});

async function serve(length: number): Promise<RangeServer> {
  const bytes = Uint8Array.from({ length }, (_, at) => at * 7 + (at >> 8) * 13);
  const server = await rangeServer(bytes);
  servers.push(server);
  return server;
}

const quietly = (): void => void vi.spyOn(console, "warn").mockImplementation(() => {});

test("silence is borne for a while, and as long again whenever something comes", () => {
  vi.useFakeTimers();
  const patience = new Patience(1000);
  for (let k = 0; k < 5; k++) {
    vi.advanceTimersByTime(900);
    expect(patience.signal.aborted).toBe(false);
    patience.heard();
  }
  vi.advanceTimersByTime(1001);
  expect(patience.signal.reason).toMatchObject({ message: "nothing came for 1 s" });
  const closed = new Patience(1000);
  closed.close();
  vi.advanceTimersByTime(5000);
  expect(closed.signal.aborted).toBe(false);
  vi.useRealTimers();
});

test("every piece of a file that comes is something", async () => {
  const server = await serve(100_000);
  server.ranges = false;
  server.slowMs = 20;
  const heard = vi.spyOn(Patience.prototype, "heard");
  const source = await openAddress(server.address);
  // Begun, answered, and at least one piece: a busy machine may see several pieces as one.
  expect(heard.mock.calls.length).toBeGreaterThan(2);
  expect(Buffer.compare(await source.read(0, 100_000), server.bytes)).toBe(0);
  expect(server.requests).toBe(1);
});

test("a server that falls silent is asked again, and given up with what was wrong", async () => {
  const server = await serve(1000);
  server.slowMs = 60_000;
  // What a busy machine has not even sent by then counts, too: requests are counted here and not there.
  const asked = vi.spyOn(globalThis, "fetch");
  const opening = openAddress(server.address, { patienceMs: 50, waitMs: 1 });
  await expect(opening).rejects.toMatchObject({ code: "SERVER_FAILED" });
  await expect(opening).rejects.toThrow("nothing came for 0.05 s");
  expect(asked).toHaveBeenCalledTimes(4);
});

test.each([true, false])(
  "a first answer that is cut is fetched again (parts: %s)",
  async (ranges) => {
    const server = await serve(900_000);
    server.ranges = ranges;
    server.cuts = 1;
    quietly();
    const source = await openAddress(server.address, { waitMs: 1 });
    expect(Buffer.compare(await source.read(0, 900_000), server.bytes)).toBe(0);
    expect(server.requests).toBeGreaterThan(1);
  },
);

test("a first answer of other bytes than the first is refused", async () => {
  const server = await serve(900_000);
  server.wrongStart = 100;
  await expect(openSource(server.address)).rejects.toThrow("came for 0 to");
  expect(server.requests).toBe(1);
});

test("passwords, tokens and signatures are in no message and no name, but reach the server", async () => {
  const server = await serve(3000);
  const { host, pathname } = new URL(server.address);
  const secret = `http://ann:s%20cret@${host}${pathname}?X-Amz-Signature=abc123&token=t0ken#x`;
  const source = await openSource(secret);
  expect(source.name).toBe(`http://${host}${pathname}?X-Amz-Signature=…&token=…`);
  expect(server.authorization).toBe(`Basic ${btoa("ann:s cret")}`);
  const hidden = /s%20cret|s cret|abc123|t0ken|ann/;
  for (const failures of [[404], [403], [503, 503, 503, 503]]) {
    server.failures = failures;
    const error = await openAddress(secret, { waitMs: 1 }).catch(
      (found: unknown) => found as Error,
    );
    expect(error).toBeInstanceOf(Error);
    expect(JSON.stringify({ ...error, message: (error as Error).message })).not.toMatch(hidden);
  }
  const wrong = readNifti(secret);
  await expect(wrong).rejects.toMatchObject({ code: "FILE_FORMAT" });
  await expect(wrong).rejects.not.toThrow(hidden);
});

test("what is no address, and a host that nobody has, is said at once", async () => {
  const asked = vi.spyOn(globalThis, "fetch");
  await expect(openSource("http://u:p@:bad")).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  expect(asked).not.toHaveBeenCalled();
  const unknown = Object.assign(new Error("getaddrinfo ENOTFOUND nobody.invalid"), {
    code: "ENOTFOUND",
  });
  asked.mockImplementation(() => Promise.reject(new TypeError("fetch failed", { cause: unknown })));
  await expect(openSource("http://nobody.invalid/x")).rejects.toThrow("ENOTFOUND");
  expect(asked).toHaveBeenCalledTimes(1);
  const reset = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
  asked
    .mockClear()
    .mockImplementation(() => Promise.reject(new TypeError("fetch failed", { cause: reset })));
  const signal = new AbortController();
  const again = openAddress("http://nobody.invalid/x", { signal: signal.signal });
  await vi.waitFor(() => expect(asked).toHaveBeenCalledTimes(2));
  signal.abort();
  await expect(again).rejects.toMatchObject({ code: "CANCELLED" });
  expect(asked).toHaveBeenCalledTimes(2);
});

test.each([
  ["readNifti", (path: string, signal: AbortSignal) => readNifti(path, { signal })],
  ["openNifti", (path: string, signal: AbortSignal) => openNifti(path, { signal })],
  ["openRdmFile", (path: string, signal: AbortSignal) => openRdmFile(path, { signal })],
  [
    "rsaNifti",
    (path: string, signal: AbortSignal) => rsaNifti(path, [1, 2, 3], { signal, onProgress: false }),
  ],
])("Stop ends what %s fetches", async (_name, read) => {
  const server = await serve(300_000);
  server.slowMs = 60_000;
  const stop = new AbortController();
  const reading = read(server.address, stop.signal);
  const ended = expect(reading).rejects.toMatchObject({ code: "CANCELLED" });
  await vi.waitFor(() => expect(server.requests).toBe(1));
  stop.abort();
  await ended;
  expect(server.requests).toBe(1);
});

test("a length that no memory holds is an error of ours", async () => {
  const server = await serve(3000);
  server.claimed = 2 ** 52;
  const source = await openSource(server.address);
  await expect(source.read(0, source.size)).rejects.toMatchObject({ code: "FILE_FORMAT" });
});

/** Answers of a server, one after the other, the last one again and again. */
function answers(...all: (() => Response)[]) {
  let at = 0;
  return vi
    .spyOn(globalThis, "fetch")
    .mockImplementation(async () => all[Math.min(at++, all.length - 1)]());
}
const none = (range?: string) => () =>
  new Response(null, {
    status: 416,
    headers: range === undefined ? {} : { "Content-Range": range },
  });
const whole = (said: number, bytes = [1, 2, 3]) => {
  const headers = { "Content-Length": String(said) };
  return () => new Response(Uint8Array.from(bytes), { headers });
};

test.each([undefined, "bytes */*"])(
  "a 416 that tells no length (%s) is no empty file",
  async (range) => {
    const asked = answers(none(range), whole(3));
    const source = await openAddress("http://nobody.invalid/x", { waitMs: 1 });
    expect([...(await source.read(0, source.size))]).toEqual([1, 2, 3]);
    expect(asked).toHaveBeenCalledTimes(2);
    answers(none(range));
    const refused = openAddress("http://nobody.invalid/x", { waitMs: 1 });
    await expect(refused).rejects.toMatchObject({ code: "SERVER_FAILED" });
    answers(none("bytes */7"));
    await expect(openAddress("http://nobody.invalid/x")).rejects.toThrow("a file of 7");
  },
);

test("a whole file that was asked for after a part is fetched again when it is cut", async () => {
  const hidden = () => new Response(Uint8Array.of(1, 2), { status: 206 });
  const asked = answers(hidden, whole(3, [1, 2]), hidden, whole(3));
  const source = await openAddress("http://nobody.invalid/x", { waitMs: 1 });
  expect(source.size).toBe(3);
  expect(asked).toHaveBeenCalledTimes(4);
});

test("more bytes than were told are of an answer that was packed", async () => {
  answers(whole(2));
  expect((await openAddress("http://nobody.invalid/x")).size).toBe(3);
});
