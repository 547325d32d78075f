import { InvalidArgument } from "../../core/errors.ts";
import { dot } from "../../linalg/dot.ts";

/** How slow changes of the signal are modelled. */
export const driftModels = ["cosine", "polynomial", "none"] as const;

/** A model of slow changes of the signal. */
export type DriftModel = (typeof driftModels)[number];

/** A column of a design and its name. */
export interface NamedColumn {
  readonly name: string;
  readonly values: Float64Array;
}

/** What describes slow changes. */
export interface DriftOptions {
  readonly drift: DriftModel;
  readonly highPassHz: number;
  readonly driftOrder: number;
}

/** The columns of slow changes, `drift_1` …, and last the constant. Throws `InvalidArgument`. */
export function driftColumns(frameTimesS: Float64Array, options: DriftOptions): NamedColumn[] {
  const n = frameTimesS.length;
  const columns =
    options.drift === "none"
      ? []
      : options.drift === "cosine"
        ? cosines(frameTimesS, options.highPassHz)
        : polynomials(frameTimesS, options.driftOrder);
  return [
    ...columns.map((values, k) => ({ name: `drift_${k + 1}`, values })),
    { name: "constant", values: new Float64Array(n).fill(1) },
  ];
}

/** Cosines slower than the cut-off, as in SPM and nilearn. Throws `InvalidArgument` when none but they would be left. */
export function cosines(frameTimesS: Float64Array, highPassHz: number): Float64Array[] {
  const n = frameTimesS.length;
  const step = n > 1 ? (frameTimesS[n - 1] - frameTimesS[0]) / (n - 1) : 1;
  const order = Math.floor(2 * n * highPassHz * step);
  if (order >= n - 1)
    throw new InvalidArgument(
      "highPassHz",
      highPassHz,
      `it makes as many drifts as there are volumes (${n}), and nothing is left to model: volumes every ${step} s hold nothing above ${1 / (2 * step)} Hz; give a lower cut-off, as 0.01`,
    );
  const factor = Math.sqrt(2 / n);
  return Array.from({ length: Math.max(0, order) }, (_, k) =>
    Float64Array.from(
      { length: n },
      (_t, t) => factor * Math.cos((Math.PI / n) * (t + 0.5) * (k + 1)),
    ),
  );
}

/** Powers of time, each at right angles to those before it and to the constant. */
function polynomials(frameTimesS: Float64Array, order: number): Float64Array[] {
  const last = frameTimesS.reduce((most, time) => Math.max(most, time), -Infinity);
  const powers = Array.from({ length: order + 1 }, (_, k) =>
    frameTimesS.map((time) => (time / last) ** k),
  );
  return orthogonalInTurn(powers).slice(1);
}

/** Each column without what those before it explain; lengths are left as they come. */
export function orthogonalInTurn(columns: readonly Float64Array[]): Float64Array[] {
  const done: Float64Array[] = [];
  for (const column of columns) {
    const own = column.slice();
    for (const other of [...done, ...done]) {
      const size = dot(other, other);
      if (size === 0) continue;
      const share = dot(own, other) / size;
      for (let t = 0; t < own.length; t++) own[t] -= share * other[t];
    }
    done.push(own);
  }
  return done;
}
