import { checkedMatrix } from "../core/gate/checked-matrix.ts";
import { listOf, number, numbers, object, oneOf, text, thing } from "../core/gate/kinds.ts";
import { jupyterDisplay, type Displayable, type MimeBundle } from "../core/display.ts";
import { ShapeMismatch } from "../core/errors.ts";
import { matrix, type Matrix } from "../core/matrix.ts";
import { pickInfo, type RecordingInfo } from "./channel.ts";
import { pickChannels, type Picks } from "./pick-channels.ts";
import { cropRange, type SampleRange, type TimeRange } from "./time-range.ts";

/** What an average response is made of. */
export interface EvokedParts {
  readonly info: RecordingInfo;
  /** Seconds from the event. */
  readonly times: Float64Array;
  /** Channels × samples, in V, T or T/m. */
  readonly data: Matrix<Float64Array>;
  /** What was averaged, for example the condition. */
  readonly comment: string;
  /** How many epochs were averaged. */
  readonly nAverages: number;
  /** An average (default), or its standard error. */
  readonly kind?: "average" | "standard_error" | "other";
}

/** An average response: channels × samples. Immutable. */
export class Evoked implements Displayable {
  readonly info: RecordingInfo;
  readonly times: Float64Array;
  readonly data: Matrix<Float64Array>;
  readonly comment: string;
  readonly nAverages: number;
  readonly kind: "average" | "standard_error" | "other";

  /** Throws `ShapeMismatch` when data, channels and times do not fit. */
  constructor(parts: EvokedParts) {
    object(parts, "parts");
    const { info, times, data, comment, nAverages, kind = "average" } = parts;
    oneOf(["average", "standard_error", "other"])(kind, "kind");
    thing("{ channels, sfreqHz, bads }", "channels", "sfreqHz")(info, "info");
    numbers(times, "times");
    text(comment, "comment");
    number(nAverages, "nAverages");
    const [nChannels, nSamples] = checkedMatrix(data, "data").shape;
    if (nChannels !== info.channels.length || nSamples !== times.length) {
      throw new ShapeMismatch(
        `${info.channels.length} channels × ${times.length} samples`,
        data.shape.join(" × "),
      );
    }
    this.info = info;
    this.times = times;
    this.data = data;
    this.comment = comment;
    this.nAverages = nAverages;
    this.kind = kind;
    Object.freeze(this);
  }

  /** Some of the channels, as `Epochs.pick`. */
  pick(picks: Picks): Evoked {
    const channels = pickChannels(this.info, picks);
    return this.#part(channels, { from: 0, to: this.times.length });
  }

  /** A shorter stretch of time, ends included and moved to their nearest samples. */
  crop(range: TimeRange, includeTmax = true): Evoked {
    const all = this.info.channels.map((_, at) => at);
    return this.#part(all, cropRange(this.times, this.info.sfreqHz, range, includeTmax));
  }

  [jupyterDisplay](): MimeBundle {
    const { times, info } = this;
    const span = `${times[0].toFixed(3)} to ${times[times.length - 1].toFixed(3)} s`;
    return {
      "text/plain": `${this.kind} "${this.comment}" of ${this.nAverages} epochs: ${info.channels.length} channels, ${span}`,
    };
  }

  #part(channels: readonly number[], { from, to }: SampleRange): Evoked {
    const width = this.times.length;
    const data = new Float64Array(channels.length * (to - from));
    channels.forEach((channel, at) =>
      data.set(
        this.data.data.subarray(channel * width + from, channel * width + to),
        at * (to - from),
      ),
    );
    return new Evoked({
      ...this,
      info: pickInfo(this.info, channels),
      times: this.times.slice(from, to),
      data: matrix(data, [channels.length, to - from]),
    });
  }
}

/** Evokeds of a user, in a list. */
export const someEvokeds = listOf(
  thing("an evoked, as readEvokeds gives it", "info", "times", "data", "comment"),
);
