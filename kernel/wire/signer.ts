import { createHmac, getHashes, timingSafeEqual } from "node:crypto";
import { RefusedMessage } from "./framing.ts";
import { Remembered } from "./remembered.ts";

/** So many signatures are remembered to tell a replay, and at times twice as many. */
const remembered = 65_536;

/** Signs what goes out and checks what comes in, with the key of the connection file. */
export class Signer {
  readonly #hash: string;
  readonly #key: string;
  readonly #seen = new Remembered(remembered);

  /** An empty key means that the front end asked for messages without signatures. */
  constructor(scheme: string, key: string) {
    const hash = /^hmac-(sha(?:256|384|512|3-256|3-512))$/.exec(scheme)?.[1];
    if (key !== "" && (hash === undefined || !getHashes().includes(hash)))
      throw new Error(
        `the connection file asks for signatures of scheme ${JSON.stringify(scheme)}; ` +
          `known are hmac-sha256, hmac-sha384 and hmac-sha512`,
      );
    this.#hash = hash ?? "sha256";
    this.#key = key;
  }

  /** True when messages carry no signature. */
  get isOpen(): boolean {
    return this.#key === "";
  }

  sign(parts: readonly Buffer[]): Buffer {
    if (this.isOpen) return Buffer.alloc(0);
    const hmac = createHmac(this.#hash, this.#key);
    for (const part of parts) hmac.update(part);
    return Buffer.from(hmac.digest("hex"));
  }

  /**
   * Throws `RefusedMessage` unless the signature is that of the very bytes received and was not seen
   * before. What the right signature would have been is told to nobody.
   */
  check(signature: Buffer, parts: readonly Buffer[]): void {
    if (this.isOpen) return;
    if (signature.length === 0) throw new RefusedMessage("it is not signed");
    const right = this.sign(parts);
    if (signature.length !== right.length || !timingSafeEqual(signature, right))
      throw new RefusedMessage("its signature is wrong");
    // A part of a digest tells messages apart as well, in a fraction of the memory.
    const digest = BigInt(`0x${right.toString("latin1", 0, 16)}`);
    if (!this.#seen.add(digest)) throw new RefusedMessage("it came before");
  }
}
