import { CellSyntaxError } from "../../transform/syntax-error.ts";
import { magicLines } from "../../transform/magics.ts";
import { writeText } from "../streams.ts";
import { magics } from "#kernel/magics";
import { nearest } from "./nearest.ts";

/** Refuses a cell with a magic that does not exist: a misspelt `%strict` would run unchecked. */
export function refuseUnknownMagics(source: string): void {
  for (const { name, line, percent } of magicLines(source)) {
    if (magics.some((magic) => magic.name === name)) continue;
    const near = nearest(
      name,
      magics.map((magic) => magic.name),
    );
    const hint =
      near === undefined ? "%lsmagic lists those there are" : `did you mean ${percent}${near}?`;
    throw new CellSyntaxError(`there is no magic ${percent}${name}; ${hint}`, line, 1);
  }
}

/** Runs the body of a cell as its magics say, the first outermost. */
export function runWithMagics(
  source: string,
  folder: string,
  body: () => Promise<unknown>,
): Promise<unknown> {
  const print = (text: string): void => writeText("stdout", text);
  const wrapped = magicLines(source).reduceRight((inner, { name, text }) => {
    const magic = magics.find((one) => one.name === name);
    return magic === undefined
      ? inner
      : () => magic.run({ name, text, body: inner, folder, print });
  }, body);
  return wrapped();
}
