import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Path of a NIfTI fixture, written by nibabel. */
export function fixture(name: string): string {
  return fileURLToPath(new URL(`../../fixtures/nifti/${name}`, import.meta.url));
}

export function bytesOf(name: string): Uint8Array {
  return Uint8Array.from(readFileSync(fixture(name)));
}

/** What nibabel read from a fixture. */
export interface ExpectedNifti {
  file: string;
  note: string;
  shape: number[];
  zooms: number[];
  affine: number[][];
  sizeof_hdr: number;
  datatype: number;
  endian: string;
  qform_code: number;
  sform_code: number;
  descrip: string;
  xyzt_units: [string, string];
  n_extensions: number;
  qform_affine: number[][] | null;
  sform_affine: number[][] | null;
}

export const expected = JSON.parse(
  readFileSync(fixture("expected.json"), "utf8"),
) as ExpectedNifti[];

/** nibabel's `get_fdata`, which the fixtures hold with x fastest, put into C order. */
export function valuesOf({ file, shape }: ExpectedNifti): Float64Array {
  const stored = new Float64Array(bytesOf(`${file}.f64`).buffer);
  return fromFortran(stored, shape);
}

/** From x fastest to the last axis fastest, index by index. */
export function fromFortran(values: Float64Array, shape: readonly number[]): Float64Array {
  const out = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    let rest = i;
    let at = 0;
    for (const length of shape) {
      at = at * length + (rest % length);
      rest = Math.floor(rest / length);
    }
    out[at] = values[i];
  }
  return out;
}
