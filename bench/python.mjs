// The Python side of a row, kept open so that both sides can be run in turn.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { talkTo } from "./talk.mjs";

const driver = fileURLToPath(new URL("driver.py", import.meta.url));

/** `folder` is for the files that both sides read; the caller removes it. */
export async function openPython(python, row, arrays, folder) {
  const files = Object.entries(arrays).map(([name, { data, shape }]) => {
    const file = join(folder, `${name}.f64`);
    writeFileSync(file, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    return [name, { file, shape }];
  });
  const result = join(folder, "python.f64");
  const talk = await talkTo(python, [driver], {
    name: `the Python side of ${row.name}`,
    env: { OPENBLAS_NUM_THREADS: "1", OMP_NUM_THREADS: "1" },
    first: JSON.stringify({ arrays: Object.fromEntries(files), code: row.python, result }),
  });
  return { ...talk.hello, result, run: () => talk.ask("run"), close: talk.close };
}
