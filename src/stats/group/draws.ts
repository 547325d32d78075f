import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { toRows, type MatrixLike } from "../../core/matrix.ts";
import { random } from "../../core/random.ts";
import { noteDraw } from "../../core/run-record.ts";

/** People drawn with replacement, again and again. */
export interface Draws {
  /** nDraws × nPeople, each a person counted from 0. */
  readonly people: Int32Array;
  /** For a figure legend: how they were drawn. */
  readonly words: string;
}

/** The draws asked for. Throws `ShapeMismatch`, `InvalidArgument` for draws of people that are not there. */
export function toDraws(
  { draws, samples = 2000, seed = 0 }: { draws?: MatrixLike; samples?: number; seed?: number },
  nPeople: number,
): Draws {
  if (draws !== undefined) return givenDraws(draws, nPeople);
  noteDraw("summarizePeople", { samples, seed });
  const { integer } = random(seed);
  const people = Int32Array.from({ length: samples * nPeople }, () => integer(nPeople));
  const count = String(samples).replace(/\B(?=(\d{3})+$)/g, ",");
  return { people, words: `${count} draws of people, seed ${seed}` };
}

function givenDraws(draws: MatrixLike, nPeople: number): Draws {
  const { data, shape } = toRows(draws, "draws");
  if (shape[1] !== nPeople || shape[0] < 2)
    throw new ShapeMismatch(
      `2 draws or more of ${nPeople} people each`,
      `${shape.join(" × ")}`,
      "give nDraws × nPeople, each a person counted from 0",
    );
  const wrong = data.find(
    (person) => !(Number.isInteger(person) && person >= 0 && person < nPeople),
  );
  if (wrong !== undefined)
    throw new InvalidArgument("draws", wrong, `give people from 0 to ${nPeople - 1}`);
  return { people: Int32Array.from(data), words: `${shape[0]} given draws of people` };
}
