import { sizeOf } from "../../core/matrix.ts";
import type { CompoundField } from "./compound.ts";
import { isAsStored, isVariableText } from "./decode.ts";
import { sharedPlace, slabsOf, type Hdf5Box, type Slab } from "./slabs.ts";
import type { RawType } from "./types.ts";
import type { Hdf5Worker } from "./worker.ts";

/** Compound values one after the other, and the texts of fields of any length by where these begin. */
export interface Records {
  readonly bytes: Uint8Array;
  readonly texts: ReadonlyMap<number, readonly string[]>;
}

/** Fetches the values of boxes from HDF5's thread, slab by slab: its memory never shrinks again. */
export class ValueReader {
  readonly #worker: Hdf5Worker;
  readonly #mostText: number;
  #place: SharedArrayBuffer | undefined;

  constructor(worker: Hdf5Worker, mostText: number) {
    this.#worker = worker;
    this.#mostText = mostText;
  }

  /** Values of a known length. */
  async bytes(path: string, type: RawType, box: Hdf5Box): Promise<ArrayBuffer> {
    const slabs = slabsOf(box, type.size);
    const asStored = isAsStored(type);
    if (slabs.length === 1) return this.#slab(path, slabs[0], { asStored });
    const bytes = new Uint8Array(sizeOf(box.count) * type.size);
    // One place that both threads see: parts handed over one by one would pile up until they are collected.
    const into = (this.#place ??= sharedPlace());
    let at = 0;
    for (const slab of slabs) {
      const read = await this.#slab(path, slab, { asStored, into });
      bytes.set(new Uint8Array(into ?? read, 0, slab.nBytes), at);
      at += slab.nBytes;
    }
    return bytes.buffer;
  }

  /** Texts of any length. */
  async texts(path: string, type: RawType, box: Hdf5Box): Promise<string[]> {
    const data: string[] = [];
    for (const { start: offset, count, nBytes } of slabsOf(box, type.size)) {
      const args = { path, offset, count, nBytes, most: this.#mostText };
      for (const text of (await this.#worker.call("readTexts", path, args)) as string[])
        data.push(text);
    }
    return data;
  }

  /** Compound values. */
  async records(
    path: string,
    { size }: RawType,
    box: Hdf5Box,
    fields: readonly CompoundField[],
  ): Promise<Records> {
    const bytes = new Uint8Array(sizeOf(box.count) * size);
    const offsets = fields.filter(({ type }) => isVariableText(type)).map(({ offset }) => offset);
    const texts = new Map(offsets.map((offset) => [offset, [] as string[]]));
    let at = 0;
    for (const { start: offset, count, nBytes } of slabsOf(box, size)) {
      const args = { path, offset, count, nBytes, size, offsets, most: this.#mostText };
      const found = (await this.#worker.call("readFields", path, args)) as {
        bytes: ArrayBuffer;
        texts: string[][];
      };
      bytes.set(new Uint8Array(found.bytes), at);
      at += nBytes;
      found.texts.forEach((some, i) => some.forEach((text) => texts.get(offsets[i])?.push(text)));
    }
    return { bytes, texts };
  }

  async #slab(
    path: string,
    { start: offset, count, nBytes }: Slab,
    how: { asStored: boolean; into?: SharedArrayBuffer },
  ): Promise<ArrayBuffer> {
    const args = { path, offset, count, nBytes, ...how };
    return (await this.#worker.call("read", path, args)) as ArrayBuffer;
  }
}
