/** A mistake that is often made, and how near an answer is to what it gives. */
export interface Mistake<Answer, Given> {
  /** In kebab case, for the teacher's table. */
  readonly name: string;
  /** 0 for exactly what the mistake gives, `Infinity` for not it, a relative distance between. */
  readonly off: (answer: Answer, given: Given) => number;
  /** What the answer is, and one question; never the right value. */
  readonly words: string;
}

/** What is known of an exercise: what is right, computed from what the notebook gives, and what goes wrong. */
export interface Exercise<Answer, Given> {
  /** Why this cannot be an answer, as "Give a number; this is a string."; undefined when it can. */
  readonly kind: (answer: unknown) => string | undefined;
  readonly right: (answer: Answer, given: Given) => boolean;
  readonly praise: string;
  readonly mistakes: readonly Mistake<Answer, Given>[];
  /** To a wrong answer that is no known mistake. */
  readonly otherwise: string;
}

/** What is said of an answer. */
export interface Verdict {
  readonly name: string;
  readonly passed: boolean;
  readonly words: string;
  /** The name of the mistake, "kind" or "other"; absent when it is right. */
  readonly mistake?: string;
}

/** A mistake counts from so near on, as a share of its value. */
export const nearest = 0.005;

/** Judges an answer: its kind, whether it is right, and else the nearest mistake within half a per cent. */
export function judge<Answer, Given>(
  name: string,
  exercise: Exercise<Answer, Given>,
  answer: unknown,
  given: Given,
): Verdict {
  const fault = exercise.kind(answer);
  if (fault !== undefined) return { name, passed: false, words: fault, mistake: "kind" };
  const typed = answer as Answer;
  if (exercise.right(typed, given)) return { name, passed: true, words: exercise.praise };
  const made = exercise.mistakes
    .map((mistake) => ({ mistake, off: mistake.off(typed, given) }))
    .filter(({ off }) => off <= nearest)
    .sort((a, b) => a.off - b.off)[0]?.mistake;
  const words = made?.words ?? exercise.otherwise;
  return { name, passed: false, words, mistake: made?.name ?? "other" };
}
