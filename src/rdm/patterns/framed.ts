import { InvalidArgument, ItemMismatch, ShapeMismatch } from "../../core/errors.ts";
import { cells, positive, texts } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { toRows, type Matrix, type MatrixLike } from "../../core/matrix.ts";
import { toRdm, type RdmLike } from "../rdm-list.ts";

/** Which rows are framed. */
export interface FramePatternsOptions {
  /** The item of each row. Default: `item 0`, `item 1` … */
  readonly labels?: readonly string[];
  /** The run of each row: the frame stands in each, since it carries no noise. */
  readonly runs?: ArrayLike<string | number>;
  /** Length of the pattern that is the same everywhere, in mean lengths of the patterns. Default 1. */
  readonly scale?: number;
}

const framePatternsNames: OptionNames<FramePatternsOptions> = {
  labels: texts,
  runs: cells,
  scale: positive,
};

/** Patterns with a frame around them, as `rdmFromMeasurements` and `computeRdm` take them. */
export interface FramedPatterns {
  /** The rows given, then those of the frame. */
  readonly rows: Matrix<Float64Array>;
  readonly labels: readonly string[];
  /** Undefined without runs. */
  readonly runs: readonly (string | number)[] | undefined;
  /** What every channel of the second pattern of the frame is. */
  readonly level: number;
}

/** The labels of the two patterns of a frame: nothing anywhere, and the same everywhere. */
export const frameItems = ["frame: nothing", "frame: everywhere"] as const;

/**
 * Patterns framed by two more: all zeros, and one value everywhere, so that their RDM keeps what distances between items
 * lose, their mean activation (Taylor & Kriegeskorte 2025). For Euclidean and crossnobis distances; a correlation does
 * not know these patterns. {@link frameActivations} reads the activations back from a squared distance.
 *
 * @param rows - nObservations × nChannels.
 * @throws InvalidArgument for no or zero patterns, or a label that the frame has; ShapeMismatch.
 * @example
 * import { frameActivations, framePatterns, rdmFromMeasurements } from "tsrsa";
 * const { rows, labels, level } = framePatterns([[1, 3], [2, 0]], { labels: ["a", "b"] });
 * const rdm = rdmFromMeasurements(rows, { labels });
 * Array.from(frameActivations(rdm, level).values(), (mean) => mean.toFixed(2)); // [ '2.00', '1.00' ]
 */
export function framePatterns(
  rows: MatrixLike,
  options: FramePatternsOptions = {},
): FramedPatterns {
  checkOptions(options, framePatternsNames);
  const { data, shape } = toRows(rows, "rows");
  const [n, p] = shape;
  const labels = options.labels ?? Array.from({ length: n }, (_, at) => `item ${at}`);
  const runs = options.runs && Array.from(options.runs);
  for (const [name, list] of [
    ["labels", labels],
    ["runs", runs],
  ] as const)
    if (list !== undefined && list.length !== n)
      throw new ShapeMismatch(`${n} ${name}, one per row`, `${list.length}`);
  const taken = labels.find((label) => (frameItems as readonly string[]).includes(label));
  if (taken !== undefined)
    throw new InvalidArgument("labels", taken, "the frame has this label; call the item otherwise");
  const level = levelOf(data, n, p, options.scale ?? 1);
  const each = runs === undefined ? [undefined] : [...new Set(runs)];
  const frame = new Float64Array(2 * p * each.length).map((_, at) =>
    Math.floor(at / p) % 2 === 1 ? level : 0,
  );
  const all = new Float64Array(data.length + frame.length);
  all.set(data);
  all.set(frame, data.length);
  return {
    rows: { data: all, shape: [n + 2 * each.length, p] },
    labels: [...labels, ...each.flatMap(() => frameItems)],
    runs: runs && [...runs, ...each.flatMap((run) => (run === undefined ? [] : [run, run]))],
    level,
  };
}

/** c with c · √channels = scale · mean length of a pattern. */
function levelOf(data: Float64Array, n: number, p: number, scale: number): number {
  let lengths = 0;
  for (let row = 0; row < n; row++)
    lengths += Math.sqrt(data.subarray(row * p, (row + 1) * p).reduce((sum, x) => sum + x * x, 0));
  const level = (scale * lengths) / n / Math.sqrt(p);
  if (level > 0 && Number.isFinite(level)) return level;
  throw new InvalidArgument(
    "rows",
    n * p === 0 ? `${n} × ${p}` : "patterns of length 0, NaN or infinite",
    "give patterns with some activation and without gaps",
  );
}

/**
 * The mean activation over channels of each item, from a squared Euclidean (or crossnobis) RDM per channel of framed
 * patterns: (d(item, nothing) − d(item, everywhere) + c²) / 2c.
 *
 * @param level - that of {@link framePatterns}.
 * @throws ItemMismatch for an RDM without the frame; InvalidArgument.
 * @example
 * import { frameActivations, Rdm } from "tsrsa";
 * const rdm = new Rdm([5, 2, 1], { items: ["a", "frame: nothing", "frame: everywhere"] });
 * frameActivations(rdm, 1).get("a"); // 2
 */
export function frameActivations(rdm: RdmLike, level: number): ReadonlyMap<string, number> {
  const of = toRdm(rdm);
  if (!(Number.isFinite(level) && level > 0))
    throw new InvalidArgument("level", level, "give the level of framePatterns, above 0");
  const items = of.items ?? [];
  const missing = frameItems.filter((item) => !items.includes(item));
  if (missing.length > 0) throw new ItemMismatch(missing, []);
  const [nothing, everywhere] = frameItems;
  const own = items.filter((item) => item !== nothing && item !== everywhere);
  return new Map(
    own.map((item) => [
      item,
      (of.between(item, nothing) - of.between(item, everywhere) + level ** 2) / (2 * level),
    ]),
  );
}
