import { Unsupported } from "./errors.ts";

/** SHA-256 of bytes one behind the other, in hexadecimal digits. Of several parts it is that of their hashes. */
export async function sha256(...parts: readonly Uint8Array[]): Promise<string> {
  const hashes = await Promise.all(parts.map(hashOf));
  if (hashes.length === 1) return hexadecimal(hashes[0]);
  const joined = new Uint8Array(32 * hashes.length);
  hashes.forEach((hash, at) => joined.set(hash, 32 * at));
  return hexadecimal(await hashOf(joined));
}

async function hashOf(bytes: Uint8Array): Promise<Uint8Array> {
  const { subtle } = globalThis.crypto as { subtle?: SubtleCrypto };
  if (subtle === undefined)
    throw new Unsupported(
      "this page may not compute hashes, as its address is not https",
      "serve it from https or localhost",
    );
  return new Uint8Array(await subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>));
}

function hexadecimal(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
