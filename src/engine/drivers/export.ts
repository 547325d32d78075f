import { writeText } from "../../core/write-text.ts";
import { BlocksMissing } from "../errors.ts";
import type { RoundEnd, Round } from "./driver.ts";
import { shellWord } from "./shell-word.ts";

/** Write a plain list of commands, one a line, for any scheduler; they are run by whoever asked. Throws `BlocksMissing`. */
export async function exportCommands(round: Round): Promise<RoundEnd> {
  const { set, nChunks, chunks, command } = round;
  const path = `${set.folder.path}/commands.txt`;
  const lines = chunks.map((k) =>
    [...command, String(k), "--chunks", String(nChunks)].map(shellWord).join(" "),
  );
  await writeText(path, `${lines.join("\n")}\n`);
  const missing = (await set.missing()).length;
  throw new BlocksMissing(
    set.folder.path,
    missing,
    set.blocks.length,
    `run the ${lines.length} commands of ${path} (as with: parallel < ${shellWord(path)}), then give the same command again`,
  );
}
