import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { blockKind, elementType, tagKind } from "../../../src/io/fif/constants.ts";
import { readFifEpochs } from "../../../src/io/fif/read-epochs.ts";
import { readFifEvokeds } from "../../../src/io/fif/read-evokeds.ts";
import { TagWriter } from "../../../src/io/fif/tag-writer.ts";
import { encodeFifEvokeds } from "../../../src/io/fif/write-evokeds.ts";
import { writeFileEnd, writeFileStart, writeInfo } from "../../../src/io/fif/write-info.ts";
import { fixture } from "./fixtures.ts";

test("epochs as MNE-Python before 0.11 wrote them", async () => {
  const bytes = new Uint8Array(readFileSync(fixture("single-epo.fif")));
  const view = new DataView(bytes.buffer);
  const renamed = new Map<number, number>([
    [tagKind.baselineMin, tagKind.oldBaselineMin],
    [tagKind.baselineMax, tagKind.oldBaselineMax],
  ]);
  for (let at = 0; at + 16 <= bytes.length; at += 16 + view.getInt32(at + 8)) {
    const kind = view.getInt32(at);
    view.setInt32(at, renamed.get(kind) ?? kind);
    const block = kind === tagKind.blockStart || kind === tagKind.blockEnd;
    if (block && view.getInt32(at + 16) === blockKind.epochs)
      view.setInt32(at + 16, blockKind.oldEpochs);
  }
  expect(await readFifEpochs(bytes)).toEqual(await readFifEpochs(fixture("single-epo.fif")));
});

test("evokeds with a tag a channel, in packed 16-bit numbers and in plain types", async () => {
  const [{ info }] = await readFifEvokeds(fixture("two-ave.fif"), { channels: [0, 1, 2, 3] });
  const packed = new DataView(new ArrayBuffer(14));
  packed.setFloat32(0, 10);
  packed.setFloat32(4, 0.5);
  [-3, 0, 7].forEach((value, i) => packed.setInt16(8 + 2 * i, value));
  const shorts = new DataView(new ArrayBuffer(6));
  [-1, 2, 3].forEach((value, i) => shorts.setInt16(2 * i, value));
  const short = new Uint8Array(shorts.buffer);
  const writer = new TagWriter();
  writeFileStart(writer, info);
  writer.block(blockKind.measurement, () => {
    writeInfo(writer, info);
    writer.block(blockKind.evoked, () => {
      writer.ints(tagKind.firstSample, [-1]).ints(tagKind.lastSample, [1]);
      writer.block(blockKind.aspect, () => {
        writer.ints(tagKind.aspectKind, [101]);
        writer.tag(tagKind.epoch, elementType.oldPack, new Uint8Array(packed.buffer));
        writer.tag(tagKind.epoch, elementType.dau16, short);
        writer.tag(tagKind.epoch, elementType.int16, short);
        writer.ints(tagKind.epoch, [4, 5, 6]);
      });
    });
  });
  writeFileEnd(writer);
  const [evoked] = await readFifEvokeds(writer.take());
  const stored = [8.5, 10, 13.5, -1, 2, 3, -1, 2, 3, 4, 5, 6];
  const want = stored.map((value, i) => value * info.channels[Math.floor(i / 3)].cal);
  expect([...evoked.data]).toEqual(want);
  expect([...evoked.times]).toEqual([-1 / 220, 0, 1 / 220]);
  expect(evoked).toMatchObject({ kind: "standard_error", comment: "No comment", nave: 1 });
});

test("complex evokeds", async () => {
  const [evoked] = await readFifEvokeds(fixture("two-ave.fif"));
  const complex = { ...evoked, imaginary: evoked.data.map((value) => -2 * value) };
  expect(await readFifEvokeds(encodeFifEvokeds([complex]))).toEqual([complex]);
});
