import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import { alignByLabel, distinctLabels, type Alignment } from "../table/align.ts";
import type { Cell } from "../table/columns.ts";
import type { Epochs } from "./epochs.ts";

/** Which item each epoch is of. */
export interface LabelOptions {
  /** A column of the metadata, or one label per epoch. Default: the name of the epoch's event. */
  readonly labels?: string | ArrayLike<Cell>;
  /** Instead of labels: for each epoch the number of its item, as in MNE-RSA before 0.10; items are sorted by number. */
  readonly y?: ArrayLike<number>;
  /**
   * `labels` (or the metadata) speak of all epochs of the recording, dropped ones included. Items that lost all their
   * epochs stay in the RDM as rows of NaN, so that RDMs of several recordings have the same items. Default false.
   */
  readonly droppedAsNan?: boolean;
}

/**
 * Join epochs to items. `items` gives their order; by default they are the distinct labels, sorted.
 * Throws `ItemMismatch` naming labels without an epoch, and epochs whose label is no item.
 */
export function alignEpochs(
  epochs: Epochs,
  options: LabelOptions,
  items?: readonly string[],
  unknown: "error" | "drop" = "error",
): Alignment {
  const labels = labelsOf(epochs, options, items);
  if (options.droppedAsNan === true) return alignKept(epochs, labels, items, unknown);
  if (labels.length !== epochs.length) throw wrongLength(epochs, labels.length);
  const order = items ?? (isByEvent(options) ? namesInCodeOrder(epochs, labels) : undefined);
  return alignByLabel(labels, order, { unknown });
}

/** The distinct items of the epochs; `known` are the names that models have for them. */
export function itemsOfEpochs(
  epochs: Epochs,
  options: LabelOptions,
  known: readonly string[],
): readonly string[] {
  const labels = labelsOf(epochs, options, known);
  return isByEvent(options) ? namesInCodeOrder(epochs, labels) : distinctLabels(labels);
}

function labelsOf(
  epochs: Epochs,
  { labels, y }: LabelOptions,
  known: readonly string[] | undefined,
): ArrayLike<Cell> {
  if (labels !== undefined && y !== undefined)
    throw new InvalidArgument("y", "given with labels", "pass one of the two");
  if (typeof labels === "string") return epochs.column(labels);
  return labels ?? y ?? eventLabels(epochs, new Set(known));
}

/** An epoch is called by the name of its event; by the code where that alone is among the items. */
function eventLabels(epochs: Epochs, known: ReadonlySet<string>): string[] {
  const { eventNames } = epochs;
  return Array.from(epochs.events.codes, (code, at) => {
    const name = eventNames[at];
    return !known.has(name) && known.has(String(code)) ? String(code) : name;
  });
}

function isByEvent({ labels, y }: LabelOptions): boolean {
  return labels === undefined && y === undefined;
}

/** Events are sorted by code, as MNE-RSA does. */
function namesInCodeOrder(epochs: Epochs, labels: ArrayLike<Cell>): string[] {
  const { codes } = epochs.events;
  const order = Array.from(codes.keys()).sort((a, b) => codes[a] - codes[b] || a - b);
  return [...new Set(order.map((at) => String(labels[at])))];
}

function alignKept(
  epochs: Epochs,
  labels: ArrayLike<Cell>,
  items: readonly string[] | undefined,
  unknown: "error" | "drop",
): Alignment {
  const { dropLog } = epochs;
  if (labels.length !== dropLog.length) {
    throw new ShapeMismatch(
      `${dropLog.length} labels, one for every epoch of the recording`,
      `${labels.length}`,
      "with droppedAsNan the labels must cover dropped epochs too",
    );
  }
  const kept = Array.from(labels).filter((_, at) => dropLog[at].length === 0);
  if (kept.length !== epochs.length) throw wrongLength(epochs, kept.length);
  return alignByLabel(kept, items ?? distinctLabels(labels), { missing: "nan", unknown });
}

function wrongLength(epochs: Epochs, found: number): ShapeMismatch {
  return new ShapeMismatch(
    `${epochs.length} labels, one per epoch`,
    `${found}`,
    "take the labels from epochs.metadata, which has one row per epoch",
  );
}
