import { jupyterDisplay, type Displayable, type MimeBundle } from "../core/display.ts";
import { UnknownOption } from "../core/errors.ts";
import { paragraphs } from "../core/text.ts";
import type { ExternalData, OnnxLength, OnnxType } from "../io/onnx/index.ts";
import { Table } from "../table/table.ts";
import type { TensorLayout } from "./graph/tensor-state.ts";
import { sha256 } from "../core/sha256.ts";

/** A tensor that a network makes of each image. */
export interface NetworkLayer {
  /** A short name, once in the network: `layer1.0.conv1`. */
  readonly name: string;
  /** What the file calls it. */
  readonly tensor: string;
  /** The operation that makes it, and its name in the file. */
  readonly op: string;
  readonly node: string;
  /** The tensors that it is made of, without weights. */
  readonly inputs: readonly string[];
  /** The name of a length that is free, undefined for one that only running tells. */
  readonly shape: readonly OnnxLength[] | undefined;
  /** The axis of images: 0, but where a transformer puts its tokens first. */
  readonly imageAxis: number;
  readonly type: OnnxType | undefined;
  /** What the other axes are; undefined where it cannot be told. */
  readonly layout: TensorLayout;
  /** Products with weights (convolutions, matrices) on the longest way from the image. */
  readonly depth: number;
  /** Place in the order of the graph, from 0. */
  readonly index: number;
}

/** What a network is given. */
export interface NetworkInput {
  readonly name: string;
  readonly shape: readonly OnnxLength[] | undefined;
  readonly type: OnnxType | undefined;
  /** Whether images go in here. */
  readonly isImage: boolean;
}

/** What a network is made from. */
export interface NetworkParts {
  readonly name: string;
  readonly file: string;
  readonly layers: readonly NetworkLayer[];
  readonly inputs: readonly NetworkInput[];
  readonly outputs: readonly string[];
  readonly producer: string;
  readonly opset: number;
  readonly imageLayout: TensorLayout;
  readonly bytes: Uint8Array;
  readonly externalData: readonly ExternalData[];
  readonly notes: readonly string[];
}

/**
 * A network in an ONNX file: its layers, of which {@link activations} makes patterns. Made by {@link openNetwork};
 * nothing is executed for it.
 */
export class Network implements Displayable {
  /** The file's name without its end. */
  readonly name: string;
  readonly file: string;
  /** Every tensor that is made of the image, in the order of the graph. */
  readonly layers: readonly NetworkLayer[];
  readonly inputs: readonly NetworkInput[];
  /** Tensors that the network gives without being asked. */
  readonly outputs: readonly string[];
  readonly producer: string;
  /** Version of its operators. */
  readonly opset: number;
  /** Where the colours of an image stand. */
  readonly imageLayout: TensorLayout;
  /** The bytes of the file, and of files of weights beside it. */
  readonly bytes: Uint8Array;
  readonly externalData: readonly ExternalData[];
  /** What cannot be asked for, and why. */
  readonly notes: readonly string[];
  #hash: Promise<string> | undefined;

  constructor(parts: NetworkParts) {
    this.name = parts.name;
    this.file = parts.file;
    this.layers = parts.layers;
    this.inputs = parts.inputs;
    this.outputs = parts.outputs;
    this.producer = parts.producer;
    this.opset = parts.opset;
    this.imageLayout = parts.imageLayout;
    this.bytes = parts.bytes;
    this.externalData = parts.externalData;
    this.notes = parts.notes;
  }

  /** A layer by its short name, its tensor's or its node's. Throws `UnknownOption`. */
  layer(name: string): NetworkLayer {
    const found =
      this.layers.find((layer) => layer.tensor === name) ??
      this.layers.find((layer) => layer.name === name) ??
      this.layers.find((layer) => layer.node === name && layer.node !== "");
    if (found !== undefined) return found;
    throw new UnknownOption(
      "layer",
      name,
      this.layers.map((layer) => layer.name),
    );
  }

  /** The input that images go into. */
  get imageInput(): NetworkInput {
    return this.inputs.find(({ isImage }) => isImage) ?? this.inputs[0];
  }

  /** SHA-256 of the file and its weights, in hexadecimal digits: what a result is traced to. */
  sha256(): Promise<string> {
    return (this.#hash ??= sha256(this.bytes, ...this.externalData.map(({ data }) => data)));
  }

  /** One row a layer. */
  toTable(): Table {
    const column = <Value>(of: (layer: NetworkLayer) => Value): Value[] => this.layers.map(of);
    return new Table({
      layer: column(({ name }) => name),
      op: column(({ op }) => op),
      shape: column(({ shape }) => shapeText(shape)),
      type: column(({ type }) => type ?? "?"),
      tensor: column(({ tensor }) => tensor),
    });
  }

  /** Name, inputs and number of layers in one line. */
  summary(): string {
    const inputs = this.inputs.map(({ name, shape }) => `${name} ${shapeText(shape)}`).join(", ");
    return `${this.name}: ${this.layers.length} layers; takes ${inputs}; opset ${this.opset}${this.producer === "" ? "" : `, written by ${this.producer}`}`;
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

/** A shape in words: `N × 64 × 56 × 56`, `?` for what only running tells. */
export function shapeText(shape: readonly OnnxLength[] | undefined): string {
  return shape === undefined ? "?" : shape.map((length) => length ?? "?").join(" × ");
}
