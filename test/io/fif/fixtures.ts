import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Path of a FIF fixture. */
export function fixture(name: string): string {
  return fileURLToPath(new URL(`../../fixtures/fif/${name}`, import.meta.url));
}

/** Little-endian float64 numbers of a fixture. */
export function float64s(name: string): Float64Array {
  const bytes = Uint8Array.from(readFileSync(fixture(name)));
  return new Float64Array(bytes.buffer);
}

/** What MNE-Python read from an epochs fixture. */
export interface ExpectedEpochs {
  file: string;
  n_epochs: number;
  ch_names: string[];
  sfreq: number;
  lowpass: number;
  highpass: number;
  line_freq: number;
  description: string;
  bads: string[];
  baseline: [number, number] | null;
  events: number[][];
  event_id: Record<string, number>;
  selection: number[];
  drop_log: string[][];
  times: number[];
  dev_head_t: number[][];
  chs: {
    name: string;
    kind: number;
    coil_type: number;
    unit: number;
    unit_mul: number;
    cal: number;
    range: number;
    loc: number[];
    type: string;
    coord_frame: number;
  }[];
  projs: {
    desc: string;
    active: boolean;
    kind: number;
    nrow: number;
    col_names: string[];
    data: number[][];
  }[];
  metadata_columns?: string[];
  metadata_records?: Record<string, string | number | null>[];
  data: { file: string; shape: number[] };
  data_proj_applied?: { file: string };
}

/** Expected content of a fixture. */
export function expected<T>(name: string): T {
  return JSON.parse(readFileSync(fixture(`${name}.expected.json`), "utf8")) as T;
}
