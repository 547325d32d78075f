/** For each exercise: what stands in the blank, and the name of the mistake it is taken for. */
export type WrongAnswers = Readonly<Record<string, readonly (readonly [string, string])[]>>;
