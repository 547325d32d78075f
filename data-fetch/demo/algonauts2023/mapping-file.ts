import { latin1Text } from "../../../src/core/latin1.ts";
import { npyBytes } from "../../../src/io/npy/index.ts";

/**
 * An `.npy` file of a dictionary from whole numbers below 256 to names, as `numpy.save` writes one: a pickle (protocol
 * 4) of an array of objects with a single object.
 */
export function mappingFile(names: ReadonlyMap<number, string>): Uint8Array {
  const pickle = [
    ...[0x80, 4],
    ...callReconstruct(),
    // State of the array: version 1, shape (), dtype, not Fortran, list of the one object.
    ...[0x28, 0x4b, 1, 0x29],
    ...objectDtype(),
    ...[0x89, 0x5d, 0x94, ...dictionary(names), 0x61, 0x74, 0x94, 0x62, 0x2e],
  ];
  return joined(objectHeader(), Uint8Array.from(pickle));
}

function text(value: string): number[] {
  const bytes = new TextEncoder().encode(value);
  return [0x8c, bytes.length, ...bytes, 0x94];
}

function named(module: string, name: string): number[] {
  return [...text(module), ...text(name), 0x93, 0x94];
}

function callReconstruct(): number[] {
  const args = [...named("numpy", "ndarray"), 0x4b, 0, 0x85, 0x94, 0x43, 1, 0x62, 0x94, 0x87, 0x94];
  return [...named("numpy.core.multiarray", "_reconstruct"), ...args, 0x52, 0x94];
}

function objectDtype(): number[] {
  const minusOne = [0x4a, 0xff, 0xff, 0xff, 0xff];
  return [
    ...[...named("numpy", "dtype"), ...text("O8"), 0x89, 0x88, 0x87, 0x94, 0x52, 0x94],
    ...[0x28, 0x4b, 3, ...text("|"), 0x4e, 0x4e, 0x4e, ...minusOne, ...minusOne, 0x4b, 63],
    ...[0x74, 0x94, 0x62],
  ];
}

function dictionary(names: ReadonlyMap<number, string>): number[] {
  const entries = [...names].flatMap(([code, name]) => [0x4b, code, ...text(name)]);
  return [0x7d, 0x94, 0x28, ...entries, 0x75];
}

/** The header of an empty array, with the dtype and shape of an object: both have the same length in the text. */
function objectHeader(): Uint8Array {
  const bytes = npyBytes({ data: new Uint8Array(1), shape: [] });
  const header = latin1Text(bytes.subarray(0, bytes.length - 1));
  const renamed = header.replace("'|u1'", "'|O' ");
  return Uint8Array.from(renamed, (character) => character.charCodeAt(0));
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const out = new Uint8Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}
