/** A set of models as bits: model m is in it when bit m is 1. */
export type ModelSet = number;

/** Every set of models but the empty one: by size, then in the order of the models. */
export function modelSets(nModels: number): ModelSet[] {
  const all = Array.from({ length: 2 ** nModels - 1 }, (_, at) => at + 1);
  return all.sort((a, b) => {
    const [left, right] = [membersOf(a), membersOf(b)];
    if (left.length !== right.length) return left.length - right.length;
    const at = left.findIndex((member, k) => member !== right[k]);
    return left[at] - right[at];
  });
}

/** The models of a set, ascending. */
export function membersOf(set: ModelSet): number[] {
  const members: number[] = [];
  for (let m = 0; set >> m > 0; m++) if (((set >> m) & 1) === 1) members.push(m);
  return members;
}

/** What a set of models is called: `animacy + shape`. */
export function nameOfSet(set: ModelSet, modelNames: readonly string[]): string {
  return membersOf(set)
    .map((m) => modelNames[m])
    .join(" + ");
}
