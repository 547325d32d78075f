import { swapBytes } from "../../core/bytes.ts";
import { Unsupported } from "../../core/errors.ts";
import type { NpyArray } from "../npy/npy-array.ts";
import { checkReadable, decodeBytes, dtypeOf, isAsStored, isVariableText } from "./decode.ts";
import { typeClass, type RawType, type ValuePlace } from "./types.ts";

/** A field of compound values. One within a compound field is called `outer.inner`. */
export interface CompoundField {
  readonly name: string;
  readonly type: RawType;
  /** Byte of a compound value at which it begins. */
  readonly offset: number;
}

/** The fields of a compound type, innermost. Throws `Unsupported` for one whose values cannot be read. */
export function fieldsOf(type: RawType, where: string): CompoundField[] {
  const fields = leavesOf(type, "", 0);
  for (const field of fields) {
    checkReadable(field.type, `${where}: ${field.name}`);
    // h5wasm has HDF5 turn the whole value, which it refuses for an enumeration in it.
    if (isAsStored(elementOf(field.type)) && !isMixed(fields) && fields.length > 1)
      throw new Unsupported(
        `${where}: ${field.name} is an enumeration in big-endian compound values`,
        "write it again with h5py in the byte order of most machines",
      );
  }
  return fields;
}

function leavesOf({ compound_type }: RawType, before: string, from: number): CompoundField[] {
  return (compound_type?.members ?? []).flatMap((member) => {
    const name = `${before}${member.name}`;
    const offset = from + member.offset;
    const isInner = member.type === typeClass.compound && dtypeOf(member) === undefined;
    return isInner ? leavesOf(member, `${name}.`, offset) : [{ name, offset, type: member }];
  });
}

/** The arrays of the fields, from values that lie one after the other. `texts` are those of fields of any length. */
export function decodeFields(
  bytes: Uint8Array,
  type: RawType,
  shape: readonly number[],
  fields: readonly CompoundField[],
  texts: ReadonlyMap<number, readonly string[]>,
  at: ValuePlace,
): Map<string, NpyArray> {
  const swapped = isMixed(fields);
  return new Map(
    fields.map(({ name, offset, type: own }) => {
      const data = texts.get(offset);
      if (isVariableText(own) && data !== undefined)
        return [name, { kind: "string", dtype: "|O", shape, data }];
      const column = columnOf(bytes, type.size, offset, own.size);
      const element = elementOf(own);
      if (swapped && !element.littleEndian && !isAsStored(element) && isNumber(element))
        swapBytes(column, element.type === typeClass.compound ? element.size / 2 : element.size);
      const place = { file: at.file, field: `${at.field}: ${name}` };
      return [name, decodeBytes(column.buffer, own, shape, place)];
    }),
  );
}

/** HDF5 turns values whose numbers are all in one byte order; of several it hands out what the file has. */
function isMixed(fields: readonly CompoundField[]): boolean {
  const orders = fields.map(({ type }) => elementOf(type)).filter(isNumber);
  return new Set(orders.map(({ littleEndian }) => littleEndian)).size > 1;
}

function elementOf(type: RawType): RawType {
  return type.type === typeClass.array && type.array_type !== undefined ? type.array_type : type;
}

/** Text has no byte order. */
function isNumber({ type }: RawType): boolean {
  return type !== typeClass.text;
}

function columnOf(bytes: Uint8Array, every: number, offset: number, size: number) {
  const n = Math.floor(bytes.length / every);
  const column = new Uint8Array(n * size);
  for (let i = 0; i < n; i++)
    for (let b = 0; b < size; b++) column[i * size + b] = bytes[i * every + offset + b];
  return column;
}
