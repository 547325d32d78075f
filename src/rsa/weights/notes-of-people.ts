import { isConstant } from "../../stats/centred.ts";
import { loudestNotes, spreadOf } from "./spreads-of-people.ts";

/** What is to be said of the RDMs of people who are predicted from each other, gathered place by place. */
export class NotesOfPeople {
  readonly #people: readonly string[];
  readonly #ignoreNan: boolean;
  /** Of each person, summed over places. */
  readonly #spreads: number[];
  /** In how many places each person's RDM is `NaN` alone, has some `NaN`, has one value. */
  readonly #none: number[];
  readonly #gaps: number[];
  readonly #flat: number[];
  #nPlaces = 0;

  constructor(people: readonly string[], { ignoreNan = false }: { readonly ignoreNan?: boolean }) {
    this.#people = people;
    this.#ignoreNan = ignoreNan;
    [this.#spreads, this.#none, this.#gaps, this.#flat] = Array.from({ length: 4 }, () =>
      people.map(() => 0),
    );
  }

  /** The RDMs of all people in one more place. */
  see(rdms: readonly Float64Array[]): void {
    this.#nPlaces++;
    rdms.forEach((rdm, person) => {
      const known = rdm.filter((value) => !Number.isNaN(value));
      if (known.length === 0) this.#none[person]++;
      else if (known.length < rdm.length) this.#gaps[person]++;
      if (known.length > 0 && isConstant(known)) this.#flat[person]++;
      else this.#spreads[person] += spreadOf(rdm) || 0;
    });
  }

  /** Of one person there is nothing to say beside what scores say. */
  notes(): string[] {
    if (this.#people.length < 2) return [];
    return [
      ...this.#each(this.#none, (person, where) => {
        return `${person} has no RDM (NaN)${where}: nobody is scored there, as each is predicted from the mean of the others; leave ${person} out`;
      }),
      ...this.#each(this.#ignoreNan ? [] : this.#gaps, (person, where) => {
        return `RDMs of ${person} have NaN${where}: nobody is scored there, as each is predicted from the mean of the others; ignoreNan: true leaves such pairs out for all`;
      }),
      ...this.#each(this.#flat, (person, where) => {
        return `RDMs of ${person} have one value${where}: they tell nothing of items, but stay in the mean of the others, whose weights they change (with an intercept: make smaller); leave ${person} out`;
      }),
      ...loudestNotes(this.#people, this.#spreads),
    ];
  }

  #each(counts: readonly number[], words: (person: string, where: string) => string): string[] {
    return counts.flatMap((count, at) => {
      if (count === 0) return [];
      const isAll = count === this.#nPlaces;
      return [
        words(this.#people[at], isAll ? " everywhere" : ` in ${count} of ${this.#nPlaces} patches`),
      ];
    });
  }
}
