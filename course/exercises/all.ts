import { pairs } from "./00.ts";

/** Every exercise of the notebooks, as `NN/NAME`. */
export const exercises = {
  "00/pairs": pairs,
} as const;
