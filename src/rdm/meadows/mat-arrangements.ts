import { FileFormatError } from "../../core/errors.ts";
import type { FileInput } from "../../core/byte-source.ts";
import { matTexts, readMat, type MatValue } from "../../io/index.ts";
import type { RdmMeta } from "../rdm.ts";
import { withoutEndings, type Arrangement } from "./arrangement.ts";
import { personOf, type MeadowsName } from "./file-name.ts";

/** Arrangements of a `.mat` file: of one person (`rdmutv`), or one a person (`rdmutv_able_fly`). Throws `FileFormatError`. */
export async function matArrangements(
  input: FileInput,
  file: string,
  name: MeadowsName,
): Promise<Arrangement[]> {
  const variables = await readMat(input);
  const of = (distances: string, stimuli: string, meta: Arrangement["meta"]): Arrangement => ({
    items: namesOf(variables.get(stimuli), stimuli, file),
    distances: numbersOf(variables.get(distances), distances, file),
    ...{ meta, where: distances },
  });
  if (variables.has("rdmutv") || variables.has("stimuli"))
    return [of("rdmutv", "stimuli", personOf(name.rest))];
  const people = [...variables.keys()].flatMap((key) => /^rdmutv_(.+)$/.exec(key)?.[1] ?? []);
  if (people.length === 0)
    throw new FileFormatError(
      file,
      "variables",
      "rdmutv and stimuli",
      [...variables.keys()].join(),
      {
        advice: "it holds no arrangement; download the 1D similarities of an arrangement task",
      },
    );
  const task: RdmMeta = name.rest === undefined ? {} : { task: name.rest };
  return people.map((person) =>
    of(`rdmutv_${person}`, `stimuli_${person}`, {
      participant: person.replaceAll("_", "-"),
      ...task,
    }),
  );
}

/** Names of stimuli without the blanks that a matrix of chars ends in, and without the endings of files. */
function namesOf(value: MatValue | undefined, variable: string, file: string): readonly string[] {
  if (value === undefined || (value.kind !== "string" && value.kind !== "cell"))
    throw new FileFormatError(file, variable, "names of stimuli", value?.kind ?? "nothing");
  return withoutEndings(matTexts(value).map((name) => name.trimEnd()));
}

function numbersOf(value: MatValue | undefined, variable: string, file: string): Float64Array {
  if (value?.kind === "number") return Float64Array.from(value.data as ArrayLike<number>, Number);
  throw new FileFormatError(file, variable, "dissimilarities", value?.kind ?? "nothing");
}
