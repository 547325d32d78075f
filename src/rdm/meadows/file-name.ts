/** What the name of a file of results tells. */
export interface MeadowsName {
  readonly experiment?: string;
  readonly version?: number;
  /** Who, and perhaps in which task; or, where a file has several people, the task. */
  readonly rest?: string;
}

/**
 * `Meadows_EXPERIMENT_v_vN_REST_1D.mat` or `…_tree.json`; the experiment may have dots and underscores. What is called
 * otherwise tells nothing.
 */
export function meadowsName(path: string): MeadowsName {
  const name = path.split(/[\\/]/).at(-1) ?? "";
  const found = /^Meadows_(.+)_v_v(\d+)_(.+)_(?:1D|tree)\.(?:mat|json)$/.exec(name);
  if (found === null) return {};
  return { experiment: found[1], version: Number(found[2]), rest: found[3] };
}

/** `able-fly_2`: a person and the number of a task; without a number the person alone. */
export function personOf(rest: string | undefined): Readonly<Record<string, string | number>> {
  if (rest === undefined) return {};
  const found = /^(.+)_(\d+)$/.exec(rest);
  return found === null
    ? { participant: rest }
    : { participant: found[1], taskIndex: Number(found[2]) };
}
