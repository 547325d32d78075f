import { FileFormatError } from "../../core/errors.ts";
import { asMatrix } from "../../io/npy/index.ts";
import { matTexts, readMat, type MatValue } from "../../io/mat/index.ts";

/** One column of a design of SPM that is a condition's. */
export interface SpmColumn {
  /** Number of the column, and of its image, from 1. */
  readonly number: number;
  readonly run: string;
  readonly condition: string;
  /** Number of its basis function, from 1. */
  readonly basis: number;
  /** Whether it is a parametric modulator. */
  readonly isModulator: boolean;
}

/** What is read of an SPM.mat. */
export interface SpmDesign {
  readonly columns: readonly SpmColumn[];
  /** Number of volumes of each run. */
  readonly nVolumes: readonly number[];
  /** Degrees of freedom of the residuals of all runs. */
  readonly dof: number | undefined;
}

/** Read names and runs of the columns of an SPM.mat. Throws `FileFormatError` naming the field that it lacks. */
export async function readSpmDesign(path: string): Promise<SpmDesign> {
  const spm = (await readMat(path)).get("SPM");
  const names = texts(fieldOf(spm, ["xX", "name"]), path);
  const dof = numbers(fieldOf(spm, ["xX", "erdf"]));
  const columns = names.flatMap((name, at) => columnOf(name, at + 1) ?? []);
  if (columns.length === 0)
    throw new FileFormatError(
      path,
      "SPM.xX.name",
      "Sn(1) condition*bf(1)",
      names.slice(0, 3).join(", "),
      {
        advice: "it is no first-level design of SPM",
      },
    );
  return { columns, nVolumes: numbers(fieldOf(spm, ["nscan"])) ?? [], dof: dof?.[0] };
}

function fieldOf(value: MatValue | undefined, path: readonly string[]): MatValue | undefined {
  const [first, ...rest] = path;
  if (first === undefined || value === undefined) return value;
  return value.kind === "struct" ? fieldOf(value.data[0]?.get(first), rest) : undefined;
}

function texts(value: MatValue | undefined, path: string): string[] {
  if (value?.kind === "cell" || value?.kind === "string") return matTexts(value);
  throw new FileFormatError(path, "SPM.xX.name", "names of columns", value?.kind ?? "nothing", {
    advice: "give the SPM.mat of an estimated first-level model",
  });
}

function numbers(value: MatValue | undefined): number[] | undefined {
  return value?.kind === "number" ? Array.from(asMatrix(value).data) : undefined;
}

/** `Sn(2) face*bf(1)` is of run 2 and condition face; movements and constants are of none. */
function columnOf(name: string, number: number): SpmColumn | undefined {
  const found = /^Sn\((\d+)\) (.+)\*bf\((\d+)\)$/.exec(name);
  if (found === null) return undefined;
  const [, run, condition, basis] = found;
  return { number, run, condition, basis: Number(basis), isModulator: /x.+\^\d+$/.test(condition) };
}
