import { join } from "node:path";
import { random } from "../../../src/core/random.ts";
import { writeFifSourceSpaces } from "../../../src/io/fif/index.ts";
import { drawHemisphere, type Hemisphere } from "../cortex/hemisphere.ts";
import { icosphere } from "../cortex/icosphere.ts";
import { sourceSpaceOf } from "../cortex/source-space.ts";
import { writeSubject } from "../cortex/write-subject.ts";

/** Levels of the icospheres: 2,562 points a half, 162 of them sources. */
export const meshLevels = 4;
export const sourceLevels = 2;

/** Both halves of a person's drawn cortex. */
export function drawCortex(seed: number): Hemisphere[] {
  const stream = random(seed);
  const sphere = icosphere(meshLevels);
  return (["left", "right"] as const).map((side) => drawHemisphere(side, sphere, stream));
}

/** FreeSurfer's folders of the participant and of the average brain, with their source spaces. */
export async function writeAnatomy(folder: string, cortex: readonly Hemisphere[], seed: number) {
  const subjects = [
    { subject: "sub-02", halves: cortex, file: "sub-02-oct5-src.fif" },
    { subject: "fsaverage", halves: drawCortex(seed), file: "fsaverage-ico-5-src.fif" },
  ];
  for (const { subject, halves, file } of subjects) {
    const own = join(folder, subject);
    await writeSubject(own, halves);
    await writeFifSourceSpaces(
      join(own, "bem", file),
      halves.map((half) => sourceSpaceOf(half, { subject, levels: sourceLevels })),
    );
  }
}
