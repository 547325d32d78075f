import { sha256Of } from "#platform/machine";

/** Numbers over the whole range, from tiny to huge. */
const nNumbers = 512;

/**
 * What this machine makes of functions that the standard leaves open (`exp`, `log`, `tanh`, `pow` …), as one hash: two
 * machines whose hashes are equal may share the blocks of one result. Sums, products and roots are exact everywhere.
 */
export function arithmeticProbe(): string {
  const functions = [Math.exp, Math.expm1, Math.log, Math.log1p, Math.tanh, Math.atanh];
  const more = [Math.sin, Math.cos, Math.tan, Math.atan, Math.acos, Math.cbrt, Math.sqrt];
  const values = new Float64Array((functions.length + more.length + 1) * nNumbers);
  let at = 0;
  for (let k = 0; k < nNumbers; k++) {
    const x = (k + 0.5) / nNumbers;
    const wide = x * 1.0009765625 ** (k - nNumbers / 2);
    for (const of of functions) values[at++] = plain(of(wide));
    for (const of of more) values[at++] = plain(of(x));
    values[at++] = wide ** (4 * x - 2);
  }
  return sha256Of([new Uint8Array(values.buffer)]);
}

/** NaN has many bit patterns and no value. */
function plain(value: number): number {
  return Number.isNaN(value) ? -7 : value;
}
