import { matrix, type Matrix } from "../../core/matrix.ts";
import { blockKind, tagKind } from "./constants.ts";
import { findBlocks, findTag, type FifBlock, type FifFile } from "./tree.ts";
import { fault, readNames, readNumbers } from "./values.ts";

/** A matrix whose columns may have names. */
export interface NamedMatrix {
  readonly values: Matrix<Float64Array>;
  readonly columnNames: readonly string[] | undefined;
}

/** The named matrix within `block` that is in a tag of `kind`; undefined when there is none. Throws `FileFormatError`. */
export function findNamedMatrix(
  file: FifFile,
  block: FifBlock,
  kind: number,
): NamedMatrix | undefined {
  const holder = findBlocks(block, blockKind.namedMatrix).find(
    (one) => findTag(one, kind) !== undefined,
  );
  const tag = holder === undefined ? undefined : findTag(holder, kind);
  if (holder === undefined || tag === undefined) return undefined;
  const { data, shape } = readNumbers(file, tag);
  if (shape.length !== 2 || !data.every(Number.isFinite))
    throw fault(file, tag, "rows × columns of finite numbers", `shape (${shape.join(", ")})`);
  const names = findTag(holder, tagKind.columnNames);
  const columnNames = names === undefined ? undefined : readNames(file, names);
  if (columnNames !== undefined && columnNames.length !== shape[1])
    throw fault(file, tag, `${columnNames.length} columns, as there are names`, `${shape[1]}`);
  return { values: matrix(data, shape), columnNames };
}
