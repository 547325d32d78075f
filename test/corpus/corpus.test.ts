import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { allCases } from "./all-cases.ts";
import { inManyChildren } from "./children.ts";
import { writeCorpus } from "./write-corpus.ts";

const folder = mkdtempSync(join(tmpdir(), "tsrsa-corpus-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the corpus has files of every format, and names each once", () => {
  const formats = new Set(allCases.map(({ ending }) => ending.replace(/^-\w+/, "")));
  const wanted = ".fif .nii .nii.gz .h5 .mat .npy .npz .bmp .png .jpg .csv .ipynb .zip .tgz";
  expect(wanted.split(" ").filter((ending) => !formats.has(ending))).toEqual([]);
  expect(allCases.length).toBeGreaterThan(400);
  const names = allCases.map(({ format, ending, name }) => `${format} ${ending} ${name}`);
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
});

test(
  "each file is refused with file, field, expected and found, or read right: within 5 s and 512 MB",
  { timeout: 300_000 },
  async () => {
    await writeCorpus(folder);
    const answers = await inManyChildren({ kind: "corpus", folder, items: [...allCases.keys()] });
    const faults = answers.flatMap(({ item, fault }) => {
      const { format, ending, name } = allCases[item];
      return fault === undefined ? [] : [`${format}, ${name} (${ending}): ${fault}`];
    });
    expect(faults).toEqual([]);
    expect(answers.length).toBe(allCases.length);
  },
);
