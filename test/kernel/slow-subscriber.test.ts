import { Publisher, Subscriber } from "zeromq";
import { expect, test } from "vitest";
import { LosslessPublisher } from "../../kernel/wire/lossless-publisher.ts";

const piece = Buffer.alloc(65_536, "x");
const pieces = 3000;

async function publishing(
  subscribers: readonly Subscriber[],
  patience: number,
  publish: (publisher: LosslessPublisher) => Promise<void>,
): Promise<void> {
  const socket = new Publisher({ linger: 0 });
  const publisher = new LosslessPublisher(socket, { patience });
  await socket.bind("tcp://127.0.0.1:*");
  const address = socket.lastEndpoint ?? "";
  for (const subscriber of subscribers) {
    subscriber.connect(address);
    subscriber.subscribe();
  }
  await new Promise((done) => setTimeout(done, 1000));
  try {
    await publish(publisher);
  } finally {
    for (const each of [...subscribers, socket]) each.close();
  }
}

async function receive(subscriber: Subscriber, n: number, pauseMs: number): Promise<number[]> {
  const numbers: number[] = [];
  for await (const [number] of subscriber) {
    const i = number.readUInt32LE();
    numbers.push(i);
    if (numbers.length % 100 === 0) await new Promise((done) => setTimeout(done, pauseMs));
    if (i === n - 1) break;
  }
  return numbers;
}

async function sendAll(publisher: LosslessPublisher): Promise<void> {
  for (let i = 0; i < pieces; i++) {
    const number = Buffer.alloc(4);
    number.writeUInt32LE(i);
    await publisher.send([number, piece]);
  }
}

const all = Array.from({ length: pieces }, (_, i) => i);
const small = { receiveHighWaterMark: 1, receiveBufferSize: 4096 };

test("a slow subscriber gets everything, in order", async () => {
  const slow = new Subscriber(small);
  await publishing([slow], 30_000, async (publisher) => {
    const received = receive(slow, pieces, 20);
    await sendAll(publisher);
    expect(await received).toEqual(all);
  });
});

test("one that takes nothing does not keep the others from getting everything", async () => {
  const [stuck, good] = [new Subscriber(small), new Subscriber()];
  await publishing([stuck, good], 500, async (publisher) => {
    const received = receive(good, pieces, 0);
    const began = performance.now();
    await sendAll(publisher);
    expect(await received).toEqual(all);
    expect(performance.now() - began).toBeGreaterThan(500);
  });
});
