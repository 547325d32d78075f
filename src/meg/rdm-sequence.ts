import { jupyterDisplay, type Displayable, type MimeBundle } from "../core/display.ts";
import type { JobOptions } from "../core/job.ts";
import { reporter } from "../core/progress.ts";
import { Rdm } from "../rdm/rdm.ts";
import { patchRdmOnThreads } from "../searchlight/patch-rdm.ts";
import { patchMetricLabel, type PatchMetricOptions } from "../searchlight/patch-metric.ts";
import { patchRdms } from "../searchlight/patch-rdms.ts";
import type { PatchCentre, SensorSearchlight } from "./sensor-searchlight.ts";

/**
 * RDMs that are computed one by one, when they are asked for: one for each place of a searchlight over sensors and
 * time. Loop over them with `for await`, take the first, or collect them all.
 */
export class RdmSequence implements AsyncIterable<Rdm>, Displayable {
  /** How many RDMs there are. */
  readonly length: number;
  /** Sensors × times that the RDMs form; 1 where an axis is pooled. */
  readonly shape: readonly [number, number];
  /** Labels of the rows of every RDM. */
  readonly items: readonly string[];
  /** Where each RDM is computed. */
  readonly centres: readonly PatchCentre[];
  /** What to know about these RDMs, for example that units are mixed. */
  readonly notes: readonly string[];
  readonly #searchlight: SensorSearchlight;
  readonly #options: PatchMetricOptions;
  readonly #metric: string;

  constructor(
    searchlight: SensorSearchlight,
    items: readonly string[],
    options: PatchMetricOptions = {},
  ) {
    this.#searchlight = searchlight;
    this.#options = options;
    this.#metric = patchMetricLabel(options.metric);
    this.items = items;
    this.length = searchlight.centres.length;
    this.shape = searchlight.shape;
    this.centres = searchlight.centres;
    this.notes = searchlight.notes;
  }

  [Symbol.asyncIterator](): AsyncGenerator<Rdm> {
    return this.each();
  }

  /** The RDMs one by one, as `for await (const rdm of sequence)` gives them. Throws `Cancelled`. */
  async *each(job: Omit<JobOptions, "onProgress"> = {}): AsyncGenerator<Rdm> {
    const patterns = await this.#searchlight.readPatterns(job.signal);
    let at = 0;
    for await (const condensed of patchRdms(patterns, this.#options, job))
      yield this.#rdm(condensed, this.centres[at++]);
  }

  /** The first RDM; the only one when neither a temporal nor a spatial radius was given. */
  async first(): Promise<Rdm> {
    const patterns = await this.#searchlight.readPatterns();
    const condensed = await patchRdmOnThreads(patterns, 0, this.#options, {});
    return this.#rdm(condensed, this.centres[0]);
  }

  /** All RDMs in memory, with a progress line. Throws `Cancelled`. */
  async toArray(job: JobOptions = {}): Promise<Rdm[]> {
    const line = reporter(job, "RDMs", this.length);
    const rdms: Rdm[] = [];
    for await (const rdm of this.each(job)) {
      rdms.push(rdm);
      line.update(rdms.length);
    }
    line.finish();
    return rdms;
  }

  [jupyterDisplay](): MimeBundle {
    const [nSensors, nTimes] = this.shape;
    const places = `${nSensors} place${nSensors === 1 ? "" : "s"} × ${nTimes} time${nTimes === 1 ? "" : "s"}`;
    const what = `${this.length} RDMs of ${this.items.length} items, ${this.#metric} (${places}), computed when asked for`;
    return { "text/plain": [what, ...this.notes.map((note) => `note: ${note}`)].join("\n") };
  }

  #rdm(condensed: Float64Array, centre: PatchCentre): Rdm {
    const place = centre.channel === undefined ? "" : `${centre.channel}, `;
    const name = this.length === 1 ? undefined : `${place}t = ${centre.timeS.toFixed(2)} s`;
    return new Rdm(condensed, {
      items: this.items,
      metric: this.#metric,
      name,
      meta: { ...centre },
    });
  }
}
