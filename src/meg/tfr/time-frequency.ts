import { jupyterDisplay, type Displayable, type MimeBundle } from "../../core/display.ts";
import { InvalidArgument } from "../../core/errors.ts";
import { againstBaseline } from "./baseline.ts";
import { checkBaseline, type TfrBaseline } from "./tfr-options.ts";

/** What time-frequency data are made of. */
export interface TimeFrequencyParts {
  /** nRows × nChannels × nFrequencies × nTimes, C order; rows are epochs, or one for their average. */
  readonly data: Float64Array;
  readonly nRows: number;
  readonly channels: readonly string[];
  readonly freqsHz: Float64Array;
  readonly times: Float64Array;
  /** What the numbers are: `power`, `phase`, `itc`. */
  readonly quantity: string;
  /** For each frequency: samples this near to an end are made of zeros beyond it as well, in seconds. */
  readonly edgeS: Float64Array;
  /** For each frequency: how long its wavelet is at half height, in seconds: effects blur by it, also to before 0 s. */
  readonly fwhmS: Float64Array;
}

/** Frequencies over time, of epochs or of their average. Immutable. */
export class TimeFrequency implements Displayable {
  /** nRows × nChannels × nFrequencies × nTimes, C order. */
  readonly data: Float64Array;
  /** Rows, channels, frequencies, times. */
  readonly shape: readonly [number, number, number, number];
  readonly channels: readonly string[];
  readonly freqsHz: Float64Array;
  readonly times: Float64Array;
  readonly quantity: string;
  readonly edgeS: Float64Array;
  readonly fwhmS: Float64Array;

  constructor(parts: TimeFrequencyParts) {
    this.data = parts.data;
    this.channels = parts.channels;
    this.freqsHz = parts.freqsHz;
    this.times = parts.times;
    this.quantity = parts.quantity;
    this.edgeS = parts.edgeS;
    this.fwhmS = parts.fwhmS;
    this.shape = [parts.nRows, parts.channels.length, parts.freqsHz.length, parts.times.length];
    Object.freeze(this);
  }

  /** Power against a baseline, every row, channel and frequency by itself. Throws `InvalidArgument` for what is no power. */
  baseline(baseline: TfrBaseline): TimeFrequency {
    checkBaseline(baseline);
    if (!this.quantity.includes("power"))
      throw new InvalidArgument("quantity", this.quantity, "only power has a baseline");
    const data = againstBaseline(this.data, this.times, baseline);
    return new TimeFrequency({
      ...this,
      nRows: this.shape[0],
      data,
      quantity: `${this.quantity}, ${baseline.mode}`,
    });
  }

  [jupyterDisplay](): MimeBundle {
    const [rows, channels, freqs, times] = this.shape;
    const head = `TimeFrequency (${this.quantity}): ${rows} rows × ${channels} channels × ${freqs} frequencies × ${times} times`;
    const edges = `within ${Math.max(...this.edgeS).toFixed(2)} s of an end (at the lowest frequency) values are made of zeros as well`;
    return { "text/plain": `${head}\nnote: ${edges}` };
  }
}
