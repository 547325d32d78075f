import { jupyterDisplay, type Displayable, type MimeBundle } from "../core/display.ts";
import { UnknownOption } from "../core/errors.ts";
import { paragraphs } from "../core/text.ts";
import { computeRdm, type ComputeRdmOptions } from "../rdm/compute-rdm.ts";
import type { Rdm } from "../rdm/rdm.ts";
import { Table } from "../table/table.ts";
import { noteOf, type ActivationRecord, type LayerPatterns } from "./layer-patterns.ts";
import { shapeText } from "./network.ts";

/** What an {@link Activations} is made from. */
export interface ActivationsParts {
  readonly layers: readonly LayerPatterns[];
  readonly items: readonly string[] | undefined;
  readonly record: ActivationRecord;
  readonly notes: readonly string[];
}

/** How RDMs of layers are computed. */
export type LayerRdmOptions = Pick<ComputeRdmOptions, "metric" | "p" | "V" | "VI">;

/** Activations of images in layers of a network; made by {@link activations}. */
export class Activations implements Displayable {
  /** In the order of the graph. */
  readonly layers: readonly LayerPatterns[];
  /** Labels of the images; undefined for numbers that came without. */
  readonly items: readonly string[] | undefined;
  readonly record: ActivationRecord;
  /** What a reader should know, in sentences. */
  readonly notes: readonly string[];

  constructor({ layers, items, record, notes }: ActivationsParts) {
    this.layers = layers;
    this.items = items;
    this.record = record;
    this.notes = notes;
  }

  /** A layer by its short name or its tensor's. Throws `UnknownOption`. */
  layer(name: string): LayerPatterns {
    const found =
      this.layers.find(({ layer }) => layer.tensor === name) ??
      this.layers.find(({ layer }) => layer.name === name);
    if (found !== undefined) return found;
    throw new UnknownOption(
      "layer",
      name,
      this.layers.map(({ layer }) => layer.name),
    );
  }

  /** An RDM for each layer, named after it. Default metric: `correlation`. */
  rdms(options: LayerRdmOptions = {}): Rdm[] {
    return this.layers.map(({ layer, patterns, meta }) =>
      computeRdm(patterns, {
        ...options,
        items: this.items,
        name: layer.name,
        meta: { ...meta, ...noteOf(this.notes) },
      }),
    );
  }

  /** One row a layer: what it is and what was done to it. */
  toTable(): Table {
    return new Table({
      layer: this.layers.map(({ layer }) => layer.name),
      op: this.layers.map(({ layer }) => layer.op),
      shape: this.layers.map(({ shape }) => shapeText(shape)),
      features: this.layers.map(({ patterns }) => patterns.shape[1]),
      reduction: this.layers.map(({ reduction }) => reduction),
    });
  }

  /** What ran, in one line. */
  summary(): string {
    const { network, nImages, preparation, runtime, nCached } = this.record;
    const cached = nCached > 0 ? `, ${nCached} of them from the cache` : "";
    return `${network}: ${nImages} images (${preparation?.name ?? "given"})${cached}, ${this.layers.length} layers, ${runtime}`;
  }

  [jupyterDisplay](): MimeBundle {
    const shown = this.toTable()[jupyterDisplay]();
    const notes = paragraphs(this.notes);
    return {
      "text/html": paragraphs([this.summary()]) + String(shown["text/html"]) + notes,
      "text/plain": [this.summary(), String(shown["text/plain"]), ...this.notes].join("\n"),
    };
  }
}
