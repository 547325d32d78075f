import { thing } from "../../core/gate/kinds.ts";
import { checkOptions } from "../../core/gate/options.ts";
import type { TimeTime } from "../../rsa/time-time/time-time.ts";
import type { Figure } from "../figure.ts";
import { formatNumber } from "../text/format-number.ts";
import { mapFigure, timeMapNames, type TimeMapOptions } from "./map-figure.ts";
import { timeTicks, zeroPlace } from "./time-ticks.ts";

/**
 * Draw a time × time matrix: rows upwards, columns to the right, dashed lines at 0 s, colours about 0 where values lie on
 * both sides of it. Times that share data are hatched: their likeness is no finding. Cells without a value are grey.
 *
 * @throws UnknownOption, InvalidArgument.
 * @example
 * import { plotTimeTime, TimeTime } from "tsrsa";
 * const times = Float64Array.of(-0.1, 0, 0.1);
 * const matrix = new TimeTime({ scores: Float64Array.of(1, 0.2, 0, 0.2, 1, 0.5, 0, 0.5, 1), rowTimes: times, columnTimes: times, rowName: "MEG", columnName: "MEG", label: "spearman of RDMs", symmetric: true, overlapS: 0 });
 * plotTimeTime(matrix).toCsv().split("\n")[2]; // "-0.1,0,0.2"
 */
export function plotTimeTime(matrix: TimeTime, options: TimeMapOptions = {}): Figure {
  thing(
    "a time × time matrix, as timeTimeEpochs gives it",
    "rowTimes",
    "columnTimes",
    "scores",
  )(matrix, "matrix");
  checkOptions(options, timeMapNames);
  const { rowTimes, columnTimes, rowName, columnName, label, overlapS } = matrix;
  const width = options.panelPx ?? 380;
  const height = Math.round((width * rowTimes.length) / columnTimes.length);
  const heightPx = Math.min(2 * width, Math.max(120, height));
  const hatched = Uint8Array.from(matrix.scores, (_, at) => {
    const [row, column] = [Math.floor(at / columnTimes.length), at % columnTimes.length];
    const apart = Math.abs(rowTimes[row] - columnTimes[column]);
    return overlapS !== undefined && overlapS > 0 && apart <= overlapS + 1e-9 ? 1 : 0;
  });
  const known = matrix.scores.filter((score) => !Number.isNaN(score));
  const [low, high] = [
    known.reduce((a, b) => Math.min(a, b), Infinity),
    known.reduce((a, b) => Math.max(a, b), -Infinity),
  ];
  const shares = hatched.includes(1)
    ? ` Hatched: times that share data (up to ${formatNumber(overlapS ?? 0)} s apart).`
    : "";
  const missing = matrix.scores.length - known.length;
  const gaps = missing === 0 ? "" : ` Grey: ${missing} cells without a value.`;
  return mapFigure(
    {
      cells: {
        values: matrix.scores,
        nRows: rowTimes.length,
        nColumns: columnTimes.length,
        hatched,
      },
      heightPx,
      columnTicks: timeTicks(columnTimes, width),
      rowTicks: timeTicks(rowTimes, heightPx),
      columnLabel: `${columnName}, time (s)`,
      rowLabel: `${rowName}, time (s)`,
      label,
      zeroColumn: zeroPlace(columnTimes),
      zeroRow: zeroPlace(rowTimes),
      caption: `${label}: ${rowName} (rows) by ${columnName} (columns), ${rowTimes.length} × ${columnTimes.length} times.${shares}${gaps}`,
      altText: `Time by time matrix (${label}) of ${rowTimes.length} by ${columnTimes.length} times${known.length === 0 ? ", no values" : `, values from ${formatNumber(low)} to ${formatNumber(high)}`}.`,
      data: () => matrix.toTable(),
    },
    options,
  );
}
