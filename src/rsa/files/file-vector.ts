import type { VectorInPieces } from "../../compute/sample-vector.ts";
import { InvalidArgument } from "../../core/errors.ts";
import type { RdmFile } from "../../rdm/file/rdm-file.ts";

/** An RDM in its file as a vector, and what was seen of it when it was read. */
export class FileVector implements VectorInPieces {
  readonly length: number;
  readonly #file: RdmFile;
  #least = Infinity;
  #most = -Infinity;

  constructor(file: RdmFile) {
    this.#file = file;
    this.length = file.nPairs;
  }

  /** All that was read is one value. */
  get isConstant(): boolean {
    return this.#least === this.#most;
  }

  get hasNegative(): boolean {
    return this.#least < 0;
  }

  /** Throws `InvalidArgument` for `NaN`. */
  async read(from: number, count: number): Promise<Float64Array> {
    const values = await this.#file.read(from, count);
    for (let k = 0; k < values.length; k++) {
      const value = values[k];
      if (Number.isNaN(value)) throw gap(this.#file);
      if (value < this.#least) this.#least = value;
      if (value > this.#most) this.#most = value;
    }
    return values;
  }
}

/** An RDM in a file with pairs that are not known. */
export function gap({ name }: RdmFile): InvalidArgument {
  return new InvalidArgument(
    `RDM ${name ?? ""}`.trim(),
    "dissimilarities that are NaN",
    "leave their items out before it is written",
  );
}
