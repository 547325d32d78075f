import { deflateSync, gunzipSync, gzipSync, inflateRawSync, inflateSync } from "node:zlib";
import { rawZip } from "../data-fetch/archives.ts";

/** How a damaged copy is made of what a container holds: its checksums are right again, so that only a reader can tell. */
export type Container = (bytes: Uint8Array, change: Change, random: () => number) => Uint8Array;

type Change = (content: Uint8Array) => Uint8Array;

/** A file packed with gzip. */
export const inGzip: Container = (bytes, change) =>
  Uint8Array.from(gzipSync(change(Uint8Array.from(gunzipSync(bytes))), { level: 1 }));

/** One member of a zip file; all have stored or deflated content and no extra fields. */
export const inZip: Container = (bytes, change, random) => {
  const members = membersOf(bytes);
  const chosen = Math.floor(random() * members.length);
  return Uint8Array.from(
    rawZip(
      members.map(({ name, content }, at) => ({
        name,
        bytes: Buffer.from(at === chosen ? change(content) : content),
        deflate: random() < 0.5,
      })),
    ),
  );
};

function membersOf(bytes: Uint8Array): { name: string; content: Uint8Array }[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = bytes.length - 22;
  const members: { name: string; content: Uint8Array }[] = [];
  for (let at = view.getUint32(end + 16, true); at < end;) {
    const [stored, name, extra, comment] = [
      view.getUint32(at + 20, true),
      view.getUint16(at + 28, true),
      view.getUint16(at + 30, true),
      view.getUint16(at + 32, true),
    ];
    const head = view.getUint32(at + 42, true);
    const from = head + 30 + view.getUint16(head + 26, true) + view.getUint16(head + 28, true);
    const packed = bytes.subarray(from, from + stored);
    members.push({
      name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + name)),
      content: view.getUint16(at + 10, true) === 8 ? inflateRawSync(packed) : packed,
    });
    at += 46 + name + extra + comment;
  }
  return members;
}

/** One variable of a compressed MATLAB file. */
export const inMat: Container = (bytes, change, random) => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const variables: Uint8Array[] = [];
  for (let at = 128; at < bytes.length; at += 8 + view.getUint32(at + 4, true))
    variables.push(bytes.subarray(at + 8, at + 8 + view.getUint32(at + 4, true)));
  const chosen = Math.floor(random() * variables.length);
  const parts = variables.flatMap((packed, at) => {
    const again =
      at === chosen ? deflateSync(change(Uint8Array.from(inflateSync(packed)))) : packed;
    const tag = new DataView(new ArrayBuffer(8));
    tag.setUint32(0, 15, true);
    tag.setUint32(4, again.length, true);
    return [new Uint8Array(tag.buffer), again];
  });
  return Uint8Array.from(Buffer.concat([bytes.subarray(0, 128), ...parts]));
};
