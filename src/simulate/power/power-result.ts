import { paragraphs } from "../../core/text.ts";
import { jupyterDisplay, type Displayable, type MimeBundle } from "../../core/display.ts";
import { InvalidArgument } from "../../core/errors.ts";
import { proper } from "../../core/gate/kinds.ts";
import { checkOptions } from "../../core/gate/options.ts";
import {
  jupyterKeys,
  jupyterRestore,
  jupyterSave,
  type Keepable,
  type SavedForm,
} from "../../core/keep.ts";
import { incompleteBeta } from "../../stats/incomplete-beta.ts";
import { wilsonInterval } from "../../stats/wilson.ts";
import { Table } from "../../table/table.ts";
import type { StudyPlan } from "./study.ts";

/** How often one study would find its effect. */
export interface PowerOfPlan extends StudyPlan {
  /** Share of sets with p < alpha; at effect 0 the rate of false alarms. */
  readonly power: number;
  /** Wilson's interval of it at 95 %. */
  readonly lower: number;
  readonly upper: number;
  readonly rejected: number;
  /** Sets in which the test gave no p; they count as not found. */
  readonly undefinedSets: number;
}

/** What a result is made of. */
export interface PowerResultParts {
  readonly plans: readonly (StudyPlan & Pick<PowerOfPlan, "rejected" | "undefinedSets">)[];
  readonly sets: number;
  readonly alpha: number;
  readonly seed: number;
  readonly test: string;
  readonly notes: readonly string[];
}

/**
 * How often studies of so many people, items and runs would find an effect. Immutable; shows itself as a table.
 *
 * @example
 * import { PowerResult } from "tsrsa";
 * const plan = { people: 12, items: 8, runs: 2, effect: 1, rejected: 83, undefinedSets: 0 };
 * const result = new PowerResult({ plans: [plan], sets: 100, alpha: 0.05, seed: 0, test: "t test", notes: [] });
 * result.peopleFor(0.8); // 12
 */
export class PowerResult implements Displayable, Keepable {
  readonly plans: readonly PowerOfPlan[];
  readonly sets: number;
  readonly alpha: number;
  readonly seed: number;
  /** What was tested, in words. */
  readonly test: string;
  readonly notes: readonly string[];
  readonly #parts: PowerResultParts;

  /** Throws `InvalidArgument` for counts that are none. */
  constructor(parts: PowerResultParts) {
    const { sets, alpha, seed, test, notes } = parts;
    this.plans = Object.freeze(parts.plans.map((plan) => withPower(plan, sets)));
    this.sets = sets;
    this.alpha = alpha;
    this.seed = seed;
    this.test = test;
    this.#parts = parts;
    this.notes = Object.freeze([
      ...notes,
      ...undefinedNotes(this.plans, sets),
      ...alarmNotes(this.plans, sets, alpha),
    ]);
    Object.freeze(this);
  }

  /**
   * The fewest people of those simulated with at least this power, for one effect, number of items and of runs (each the
   * largest simulated unless given); undefined when none had it.
   */
  peopleFor(
    power = 0.8,
    which: { readonly effect?: number; readonly items?: number; readonly runs?: number } = {},
  ): number | undefined {
    proper(power, "power");
    return this.curve(which).find((plan) => plan.power >= power)?.people;
  }

  /** The plans of one effect, number of items and of runs (the largest unless given), by people. Throws `InvalidArgument`. */
  curve(
    which: { readonly effect?: number; readonly items?: number; readonly runs?: number } = {},
  ): readonly PowerOfPlan[] {
    checkOptions(which, { effect: true, items: true, runs: true });
    const most = (name: "effect" | "items" | "runs"): number =>
      which[name] ?? Math.max(...this.plans.map((plan) => plan[name]));
    const wanted = { effect: most("effect"), items: most("items"), runs: most("runs") };
    const found = this.plans.filter(
      ({ effect, items, runs }) =>
        effect === wanted.effect && items === wanted.items && runs === wanted.runs,
    );
    if (found.length > 0) return [...found].sort((a, b) => a.people - b.people);
    throw new InvalidArgument("which", JSON.stringify(wanted), "no study of it was simulated");
  }

  /** One row for each study. */
  toTable(): Table {
    const column = <Name extends keyof PowerOfPlan>(name: Name) =>
      this.plans.map((plan) => plan[name]);
    return new Table({
      effect: column("effect"),
      people: column("people"),
      items: column("items"),
      runs: column("runs"),
      power: column("power"),
      lower: column("lower"),
      upper: column("upper"),
      "without p": column("undefinedSets"),
    });
  }

  /** The words for a plan that is registered before the study. */
  words(power = 0.8): string {
    const grids = gridsOf(this.plans);
    const shares = [...new Set(this.plans.map(({ effect }) => effect))].filter((e) => e > 0);
    const needed = shares.flatMap((effect) =>
      gridsOf(this.plans.filter((plan) => plan.effect === effect)).map(({ items, runs }) => {
        const words = wordsOf({ items, runs }, grids);
        const curve = this.curve({ effect, items, runs });
        const people = this.peopleFor(power, { effect, items, runs });
        const of = `${Math.round(100 * effect)} % of the expected effect`;
        return people === undefined
          ? `at ${of} not even ${curve[curve.length - 1].people} people${words} reach it`
          : people === curve[0].people
            ? `at ${of} ${people} people${words} are enough, the fewest simulated`
            : `at ${of} it takes ${people} people${words}`;
      }),
    );
    const none = this.plans.filter(({ effect }) => effect === 0);
    const alarms = none
      .map((plan) => `${percent(plan.power)} (${plan.people} people${wordsOf(plan, grids)})`)
      .join(", ");
    return [
      `Power was simulated with ${this.sets} data sets for each plan (seed ${this.seed}), each tested by ${this.test} at alpha = ${this.alpha}.`,
      ...(needed.length === 0 ? [] : [`For a power of ${percent(power)}: ${needed.join("; ")}.`]),
      ...(none.length === 0 ? [] : [`Without an effect the test gave ${alarms} false alarms.`]),
      ...this.notes,
    ].join(" ");
  }

  [jupyterDisplay](): MimeBundle {
    const shown = this.toTable()[jupyterDisplay]();
    return {
      "text/html": String(shown["text/html"]) + paragraphs([this.words()]),
      "text/plain": `${String(shown["text/plain"])}\n${this.words()}`,
    };
  }

  [jupyterKeys](): readonly string[] {
    return this.toTable().names;
  }

  [jupyterSave](): SavedForm {
    return { module: "tsrsa", name: "PowerResult", data: this.#parts };
  }

  /** Makes it anew from what was saved. Throws as the constructor does. */
  static [jupyterRestore](data: PowerResultParts): PowerResult {
    return new PowerResult(data);
  }
}

function withPower(
  plan: StudyPlan & Pick<PowerOfPlan, "rejected" | "undefinedSets">,
  sets: number,
): PowerOfPlan {
  const [lower, upper] = wilsonInterval(plan.rejected, sets);
  return { ...plan, power: plan.rejected / sets, lower, upper };
}

function undefinedNotes(plans: readonly PowerOfPlan[], sets: number): string[] {
  const lost = plans.reduce((sum, plan) => sum + plan.undefinedSets, 0);
  return lost === 0
    ? []
    : [
        `In ${lost} of ${sets * plans.length} sets the test gave no p value; they count as not found.`,
      ];
}

/** A test that finds what is not there more often than alpha, by more than luck. */
function alarmNotes(plans: readonly PowerOfPlan[], sets: number, alpha: number): string[] {
  const wrong = plans.filter(
    ({ effect, rejected }) =>
      effect === 0 &&
      rejected > alpha * sets &&
      // The chance of as many or more by luck: a binomial tail.
      incompleteBeta(alpha, rejected, sets - rejected + 1) < 1e-4,
  );
  if (wrong.length === 0) return [];
  const most = Math.max(...wrong.map(({ power }) => power));
  return [
    `The test is wrong: without an effect it finds one in up to ${percent(most)} of sets, and not in ${percent(alpha)}. No other number here can be believed.`,
  ];
}

/** What items and runs were simulated together, and how words tell them apart. */
interface SimulatedGrid extends Pick<StudyPlan, "items" | "runs"> {
  /** Empty where there is but one. */
  readonly words: string;
}

function gridsOf(plans: readonly StudyPlan[]): SimulatedGrid[] {
  const each = new Map(plans.map(({ items, runs }) => [`${items} ${runs}`, { items, runs }]));
  return [...each.values()].map(({ items, runs }) => ({
    ...{ items, runs },
    words: each.size === 1 ? "" : ` with ${items} items and ${runs} ${runs === 1 ? "run" : "runs"}`,
  }));
}

function wordsOf(
  { items, runs }: Pick<StudyPlan, "items" | "runs">,
  grids: readonly SimulatedGrid[],
): string {
  return grids.find((grid) => grid.items === items && grid.runs === runs)?.words ?? "";
}

function percent(share: number): string {
  return `${Number((100 * share).toFixed(1))} %`;
}
