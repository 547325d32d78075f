import type { Random } from "../../../src/core/random.ts";
import { drawFace, randomTraits, scramble, type FaceTraits } from "./draw-face.ts";

/** One of the three classes of stimuli: famous, unfamiliar, scrambled. */
export type StimulusClass = "f" | "u" | "s";

/** A drawn stimulus. */
export interface Stimulus {
  /** File name without folder, as in the real set: `f001.bmp`. */
  readonly file: string;
  readonly kind: StimulusClass;
  readonly traits: FaceTraits;
  /** 162 rows of 128 pixels. */
  readonly pixels: Uint8Array;
}

/** The 450 stimuli, 150 a class, in the order of their file names. */
export function drawStimuli(random: Random): Stimulus[] {
  const classes: StimulusClass[] = ["f", "s", "u"];
  return classes.flatMap((kind) =>
    Array.from({ length: 150 }, (_, at) => {
      const traits = randomTraits(random, kind === "f" ? 0.85 : 1);
      const face = drawFace(traits, random);
      const file = `${kind}${String(at + 1).padStart(3, "0")}.bmp`;
      return { file, kind, traits, pixels: kind === "s" ? scramble(face, traits, random) : face };
    }),
  );
}
