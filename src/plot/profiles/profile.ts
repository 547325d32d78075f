import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { describeValue } from "../../core/gate/describe.ts";
import { numbers } from "../../core/gate/kinds.ts";
import { toRows, type MatrixLike } from "../../core/matrix.ts";
import { Table, type Cell } from "../../table/index.ts";

/** One value a step: of a region over the layers of a network, for example. */
export interface Profile {
  readonly name: string;
  /** Profiles of one group share a colour. Default: each its own. */
  readonly group?: string;
  /** One a step; `NaN` leaves a gap. Default: the mean over `subjects`. */
  readonly values?: ArrayLike<number>;
  /** Half the length of the error bar at each step. Default: the standard error over `subjects`. */
  readonly errors?: ArrayLike<number>;
  /** Single subjects, nSubjects × nSteps. */
  readonly subjects?: MatrixLike;
}

/** A profile whose sizes were checked. */
export interface CheckedProfile {
  readonly name: string;
  readonly group: string;
  readonly values: readonly number[];
  readonly errors: readonly number[] | undefined;
  /** Whether the values are the means over the subjects. */
  readonly areMeans: boolean;
  /** One row a subject. */
  readonly subjects: readonly (readonly number[])[];
}

/** Throws `ShapeMismatch` when lengths differ from the steps, `InvalidArgument` when there are no values. */
export function checkProfile(profile: Profile, steps: readonly string[]): CheckedProfile {
  const { name, group = name } = profile;
  for (const column of ["values", "errors"] as const)
    if (profile[column] !== undefined)
      numbers(profile[column], `${column} of ${describeValue(name)}`);
  const subjects = rowsOf(profile.subjects, name, steps.length);
  const values = Array.from(profile.values ?? meanRow(subjects, steps.length));
  const errors =
    profile.errors === undefined ? errorRow(subjects, steps.length) : Array.from(profile.errors);
  for (const [what, found] of [
    ["values", values.length],
    ["errors", errors?.length ?? steps.length],
  ] as const)
    if (found !== steps.length)
      throw new ShapeMismatch(`${steps.length} ${what} of "${name}", one a step`, `${found}`);
  if (!values.some(Number.isFinite))
    throw new InvalidArgument("values", `none finite of ${name}`, "give values or subjects");
  return { name, group, values, errors, subjects, areMeans: profile.values === undefined };
}

function rowsOf(subjects: MatrixLike | undefined, name: string, n: number): number[][] {
  if (subjects === undefined) return [];
  const { data, shape } = toRows(subjects);
  if (shape[1] !== n)
    throw new ShapeMismatch(`${n} values for each subject of "${name}", one a step`, `${shape[1]}`);
  return Array.from({ length: shape[0] }, (_, i) => Array.from(data.subarray(i * n, (i + 1) * n)));
}

function meanRow(subjects: readonly (readonly number[])[], n: number): number[] {
  return Array.from({ length: n }, (_, j) => mean(subjects.map((row) => row[j])));
}

function errorRow(subjects: readonly (readonly number[])[], n: number): number[] | undefined {
  if (subjects.length < 2) return undefined;
  return Array.from({ length: n }, (_, j) => {
    const column = subjects.map((row) => row[j]);
    const middle = mean(column);
    const squares = column.reduce((sum, value) => sum + (value - middle) ** 2, 0);
    return Math.sqrt(squares / (column.length - 1) / column.length);
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Every value, one row a profile and step, with one column for each subject. */
export function profilesTable(all: readonly CheckedProfile[], steps: readonly string[]): Table {
  const cells = all.flatMap((profile) => steps.map((step, j) => ({ profile, step, j })));
  const most = Math.max(...all.map(({ subjects }) => subjects.length));
  const columns: [string, Cell[]][] = [
    ["name", cells.map(({ profile }) => profile.name)],
    ["group", cells.map(({ profile }) => profile.group)],
    ["step", cells.map(({ step }) => step)],
    ["value", cells.map(({ profile, j }) => profile.values[j])],
    ["error", cells.map(({ profile, j }) => profile.errors?.[j] ?? null)],
  ];
  for (let i = 0; i < most; i++)
    columns.push([
      `subject_${i + 1}`,
      cells.map(({ profile, j }) => profile.subjects[i]?.[j] ?? null),
    ]);
  return new Table(new Map(columns));
}
