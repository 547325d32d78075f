import type { Backend } from "./backend.ts";
import { align } from "./kernels.ts";
import { ARENA_ADDRESS } from "./params.ts";

/** The memory of one job: parts are taken one after the other, and the last ones given back together. */
export class Arena {
  readonly #backend: Backend;
  #end = ARENA_ADDRESS;

  constructor(backend: Backend) {
    this.#backend = backend;
    backend.reserve(ARENA_ADDRESS);
  }

  /**
   * Address of `bytes` bytes, 64-byte aligned, not cleared. Take views only after the last allocation.
   *
   * @throws OutOfMemory.
   */
  allocate(bytes: number): number {
    const address = this.#end;
    this.#backend.reserve(address + align(bytes) + 64);
    this.#end = address + align(bytes);
    return address;
  }

  /** Where the next allocation will be; give it to `release` to free all that came after. */
  mark(): number {
    return this.#end;
  }

  release(mark: number): void {
    this.#end = mark;
  }

  float64(address: number, length: number): Float64Array {
    return new Float64Array(this.#backend.buffer(), address, length);
  }

  int16(address: number, length: number): Int16Array {
    return new Int16Array(this.#backend.buffer(), address, length);
  }

  int32(address: number, length: number): Int32Array {
    return new Int32Array(this.#backend.buffer(), address, length);
  }

  uint32(address: number, length: number): Uint32Array {
    return new Uint32Array(this.#backend.buffer(), address, length);
  }
}
