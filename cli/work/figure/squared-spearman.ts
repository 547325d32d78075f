import { meanRdm, type Rdm } from "../../../src/rdm/index.ts";
import { compareRdms } from "../../../src/rsa/index.ts";

/** Squared Spearman correlation of a model with each participant: the score of the Algonauts 2019 challenge. */
export async function squaredSpearman(model: Rdm, participants: readonly Rdm[]): Promise<number[]> {
  const { scores } = await compareRdms(model, participants, {
    method: "spearman",
    onProgress: false,
  });
  return Array.from(scores, (score) => score ** 2);
}

/** Each participant against the mean of all: no model can do better on average. */
export function upperCeiling(participants: readonly Rdm[]): Promise<number[]> {
  return squaredSpearman(meanRdm(participants), participants);
}

/** Each participant against the mean of the others. */
export async function lowerCeiling(participants: readonly Rdm[]): Promise<number[]> {
  const scores: number[] = [];
  for (const participant of participants) {
    const others = participants.filter((other) => other !== participant);
    scores.push(...(await squaredSpearman(meanRdm(others), [participant])));
  }
  return scores;
}
