import type { ByteSource } from "../../core/byte-source.ts";

/** What HDF5 asks for while it waits. */
export interface PartWanted {
  readonly part: { readonly offset: number; readonly length: number };
}

/** Bytes that are handed over at a time. */
const WINDOW = 2 ** 20;

/**
 * A file that is not on this disk: HDF5 waits in its thread for each part, and here it is read. Parts pass through
 * shared memory.
 */
export class RemoteFile {
  /** What the thread of HDF5 is given. */
  readonly shared: {
    readonly size: number;
    readonly state: Int32Array;
    readonly window: Uint8Array;
  };
  /** Why a part could not be read. */
  failure: Error | undefined;
  readonly #source: ByteSource;

  constructor(source: ByteSource) {
    const memory = new SharedArrayBuffer(4 + WINDOW);
    const state = new Int32Array(memory, 0, 1);
    this.shared = { size: source.size, state, window: new Uint8Array(memory, 4) };
    this.#source = source;
  }

  /** Read a part and wake HDF5. */
  async give({ offset, length }: PartWanted["part"]): Promise<void> {
    const { state, window } = this.shared;
    try {
      window.set(await this.#source.read(offset, length));
      Atomics.store(state, 0, 1);
    } catch (error) {
      this.failure = error instanceof Error ? error : new Error(String(error));
      Atomics.store(state, 0, 2);
    }
    Atomics.notify(state, 0);
  }
}
