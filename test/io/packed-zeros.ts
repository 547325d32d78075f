import { gzipSync } from "node:zlib";

const memberMebibytes = 16;
let member: Uint8Array | undefined;

/** A gzip file of so many MiB of zeros (a multiple of 16), made without holding them. */
export function packedZeros(mebibytes: number): Uint8Array {
  const one = (member ??= gzipSync(new Uint8Array(memberMebibytes * 2 ** 20)));
  return Uint8Array.from(Buffer.concat(Array<Uint8Array>(mebibytes / memberMebibytes).fill(one)));
}
