import { texts } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import type { FileInput } from "../../core/byte-source.ts";
import { UnknownOption } from "../../core/errors.ts";
import { openSource } from "../../core/open-source.ts";
import { isHdf5 } from "../hdf5/signature.ts";
import { readMat4 } from "./mat4.ts";
import { readMat5, versionOf } from "./mat5.ts";
import { readMat73 } from "./mat73.ts";
import type { MatValue } from "./mat-value.ts";

/** What to read of a `.mat` file. */
export interface ReadMatOptions {
  /** Only these variables. Default: all. */
  readonly variables?: readonly string[];
  /**
   * Most bytes that a compressed variable may have when unpacked. Default: 64 MiB, or 200 times its packed size if that
   * is more, up to 2²⁹ (512 MB); all together take at most 192 MiB, or 200 times the size of the file.
   */
  readonly maxBytes?: number;
}

const readMatNames: OptionNames<ReadMatOptions> = { variables: texts, maxBytes: true };

/**
 * Read a MATLAB file of version 4, 5, 6, 7 or 7.3 (HDF5): its variables by name. Arrays come in C order, of either byte
 * order; structs and cells may be nested. What is no data (functions, objects, sparse matrices) has the kind
 * `unreadable` and says what it is.
 *
 * Agrees with `scipy.io.loadmat`.
 *
 * @throws FileFormatError when it is damaged or no `.mat` file; UnknownOption for a variable that it lacks; Unsupported
 *   for version 4 of a VAX or Cray; MissingFile.
 * @example
 * import { asMatrix, readMat } from "tsrsa/io";
 * async function modelRdms() {
 *   const models = (await readMat("92_modelRDMs.mat")).get("Models");
 *   return models?.kind === "struct" ? models.data.map((model) => model.get("RDM")) : [];
 * }
 */
export async function readMat(
  input: FileInput,
  options: ReadMatOptions = {},
): Promise<Map<string, MatValue>> {
  checkOptions(options, readMatNames);
  const { variables, maxBytes } = options;
  const known = new Set<string>();
  const wanted = (name: string) => {
    known.add(name);
    return variables === undefined || variables.includes(name);
  };
  const source = await openSource(input);
  try {
    const values = await readVersion();
    for (const name of variables ?? []) {
      if (!values.has(name))
        throw new UnknownOption(`variable of ${source.name}`, name, [...known]);
    }
    return values;
  } finally {
    await source.close();
  }

  async function readVersion(): Promise<Map<string, MatValue>> {
    if ((await versionOf(source)) === 4) return readMat4(source, wanted);
    if (await isHdf5(source)) return readMat73(input, maxBytes, wanted);
    return readMat5(source, maxBytes, wanted);
  }
}
