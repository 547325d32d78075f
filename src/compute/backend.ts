import { Unsupported } from "../core/errors.ts";
import { OutOfMemory } from "./errors.ts";
import type { Kernel, KernelName, Kernels } from "./kernels.ts";
import { twinKernels } from "./twin/index.ts";
import { wasmBase64 } from "./wasm-binary.ts";

/** Memory and the kernels that work on it. */
export interface Backend {
  readonly kind: "wasm" | "twin";
  /** All of them in wasm; the twin has those of regressions. */
  readonly kernels: Partial<Kernels>;
  /** The memory as it is now: after `reserve` an older view may be stale. */
  buffer(): ArrayBufferLike;
  /** Make at least so many bytes available. Throws `OutOfMemory`. */
  reserve(bytes: number): void;
  /** What another thread needs to run the same kernels; undefined when only this thread can. */
  readonly share?:
    { readonly module: WebAssembly.Module; readonly memory: WebAssembly.Memory } | undefined;
}

/** A kernel by name. Throws `Unsupported` for one without a twin where wasm is missing: who runs it asks first. */
export function kernelOf({ kernels }: Backend, name: KernelName): Kernel {
  const kernel = kernels[name];
  if (kernel === undefined)
    throw new Unsupported(`${name} without WebAssembly`, "run it where WebAssembly has SIMD");
  return kernel;
}

const PAGE = 65536;

/** Compiled once; instances are made of it for each memory. */
let compiled: WebAssembly.Module | undefined;

/** Wasm on shared memory; undefined where WebAssembly, its SIMD or its threads are missing. */
export async function wasmBackend(): Promise<Backend | undefined> {
  try {
    compiled ??= await WebAssembly.compile(fromBase64(wasmBase64));
    return instantiate(compiled);
  } catch {
    return undefined;
  }
}

/** The same without waiting; some browsers refuse to compile on their main thread, and there it is undefined too. */
export function wasmBackendNow(): Backend | undefined {
  try {
    compiled ??= new WebAssembly.Module(fromBase64(wasmBase64));
    return instantiate(compiled);
  } catch {
    return undefined;
  }
}

function instantiate(module: WebAssembly.Module): Backend {
  const { memory, maximum } = largestMemory();
  const instance = new WebAssembly.Instance(module, { env: { memory } });
  return {
    kind: "wasm",
    kernels: instance.exports,
    buffer: () => memory.buffer,
    reserve: (bytes) => grow(memory, bytes, maximum),
    share: maySendMemory() ? { module, memory } : undefined,
  };
}

/** A page that is not isolated may have such memory, but may not send it: its kernels run on one thread. */
function maySendMemory(): boolean {
  return typeof SharedArrayBuffer === "function";
}

/** The plain TypeScript kernels on ordinary memory: the oracle of the wasm, and what runs where wasm cannot. */
export function twinBackend(): Backend {
  const memory = { buffer: new ArrayBuffer(PAGE) };
  return {
    kind: "twin",
    kernels: twinKernels(memory),
    buffer: () => memory.buffer,
    reserve: (bytes) => {
      if (bytes <= memory.buffer.byteLength) return;
      const larger = allocate(Math.ceil(bytes / PAGE) * PAGE);
      new Uint8Array(larger).set(new Uint8Array(memory.buffer));
      memory.buffer = larger;
    },
  };
}

function allocate(bytes: number): ArrayBuffer {
  try {
    return new ArrayBuffer(bytes);
  } catch {
    throw new OutOfMemory(bytes, 2 ** 32);
  }
}

/** A maximum is reserved address space, which some machines limit; ask for less until it is granted. */
function largestMemory(): { memory: WebAssembly.Memory; maximum: number } {
  for (const maximum of [65536, 32768, 16384]) {
    try {
      return { memory: new WebAssembly.Memory({ initial: 1, maximum, shared: true }), maximum };
    } catch {
      continue;
    }
  }
  const maximum = 4096;
  return { memory: new WebAssembly.Memory({ initial: 1, maximum, shared: true }), maximum };
}

/** Within the maximum it fails only where the machine has no more. */
function grow(memory: WebAssembly.Memory, bytes: number, maximum: number): void {
  const missing = bytes - memory.buffer.byteLength;
  if (missing <= 0) return;
  try {
    memory.grow(Math.ceil(missing / PAGE));
  } catch {
    const within = bytes <= maximum * PAGE;
    throw new OutOfMemory(bytes, within ? memory.buffer.byteLength : maximum * PAGE);
  }
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}
