import { InvalidArgument, UnknownOption } from "../../core/errors.ts";
import type { Rdm } from "../../rdm/rdm.ts";
import { quantileOf } from "../../stats/quantile.ts";
import { checkedRange, finiteRange, type Range } from "./colour-range.ts";
import type { PlotRdmsOptions } from "./options.ts";
import { panelPixels } from "./panel-pixels.ts";

/** The range of values that the colours of each panel stand for. */
export interface ColourScale {
  readonly ranges: readonly (Range | undefined)[];
  readonly shared: Range | undefined;
  readonly each: boolean;
  /** How many different metrics there are. */
  readonly metrics: number;
}

/** The scale asked for; `panelPx`: how large panels are drawn, which a robust range depends on. */
export function colourScale(
  rdms: readonly Rdm[],
  { scale, range }: PlotRdmsOptions,
  panelPx: number,
): ColourScale {
  if (scale !== undefined && scale !== "shared" && scale !== "each")
    throw new UnknownOption("scale", String(scale), ["shared", "each"]);
  const given = range !== undefined && range !== "robust";
  if (scale === "each" && given)
    throw new InvalidArgument("range", "a range with scale each", "leave one of them out");
  const rangeOf = (some: readonly Rdm[]) =>
    range === "robust" ? robustRange(some, panelPx) : finiteRange(some);
  const metrics = new Set(rdms.map((rdm) => rdm.metric)).size;
  const each =
    rdms.length > 1 && !given && (scale ?? (metrics === 1 ? "shared" : "each")) === "each";
  if (each) return { each, metrics, ranges: rdms.map((rdm) => rangeOf([rdm])), shared: undefined };
  const shared = given ? checkedRange(range) : rangeOf(rdms);
  return { each, metrics, ranges: rdms.map(() => shared), shared };
}

/** The 1st and the 99th percentile of what panels of this size show, each panel for as much; undefined without values. */
function robustRange(rdms: readonly Rdm[], panelPx: number): Range | undefined {
  const shown = rdms.map((rdm) =>
    panelPixels(rdm, Math.round(2 * panelPx)).values.filter(Number.isFinite),
  );
  const all = new Float64Array(shown.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const values of shown) {
    all.set(values, at);
    at += values.length;
  }
  all.sort();
  if (all.length === 0) return undefined;
  const [low, high] = [quantileOf(all, 0.01), quantileOf(all, 0.99)];
  return low < high ? [low, high] : finiteRange(rdms);
}
