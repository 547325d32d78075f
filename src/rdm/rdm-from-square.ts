import { ShapeMismatch } from "../core/errors.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { toRows, type MatrixLike } from "../core/matrix.ts";
import { Rdm, type RdmOptions, rdmNames } from "./rdm.ts";
import { condensedOf } from "./square.ts";

const squareNames: OptionNames<RdmOptions> = rdmNames;

/**
 * The RDM of a square matrix of dissimilarities: the way back from `Rdm.toSquare()`, as scipy's `squareform` has it. The
 * matrix must be symmetric, up to rounding, with zeros on its diagonal; `NaN` pairs may be in it.
 *
 * @param square - nItems × nItems: rows, or `{ data, shape }` as `readNpy` gives it.
 * @throws ShapeMismatch for a matrix that is not square; InvalidArgument for one that is not symmetric, or whose diagonal
 *   is not zero: similarities are turned round first.
 * @example
 * import { rdmFromSquare } from "tsrsa";
 * const rdm = rdmFromSquare([[0, 1, 2], [1, 0, 3], [2, 3, 0]], { items: ["a", "b", "c"] });
 * rdm.between("b", "c"); // 3
 */
export function rdmFromSquare(square: MatrixLike, options: RdmOptions = {}): Rdm {
  const { data, shape } = toRows(square, "square");
  checkOptions(options, squareNames);
  if (shape[0] !== shape[1])
    throw new ShapeMismatch("a square matrix, nItems × nItems", shape.join(" × "));
  return new Rdm(condensedOf({ data, n: shape[0] }, "square"), options);
}
