import { byName, type LayoutName, type Parameters } from "../layouts.ts";

/** Memory that may be replaced by a larger one. */
export interface TwinMemory {
  buffer: ArrayBuffer;
}

/** What a kernel is given, by name. */
export function parameters<L extends LayoutName>(
  memory: TwinMemory,
  params: number,
  layout: L,
): Parameters<L> {
  return byName(layout, new Float64Array(memory.buffer, params, 24));
}

export function float64At(memory: TwinMemory, address: number, length: number): Float64Array {
  return new Float64Array(memory.buffer, address, length);
}

export function uint32At(memory: TwinMemory, address: number, length: number): Uint32Array {
  return new Uint32Array(memory.buffer, address, length);
}
