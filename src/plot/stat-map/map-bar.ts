import { barLabel, barTicks, type ColourBar } from "../draw/colour-bar.ts";
import { dataUrl } from "../png/data-url.ts";
import { encodePalettePng } from "../png/palette-png.ts";
import type { Rgb } from "../colour/parse-colour.ts";
import { colourOf, N_COLOURS, type MapColours } from "./map-colours.ts";

const LINES = 256;
const NOT_DRAWN: Rgb = [150, 150, 150];

/** The colour bar of a map; grey stands for what lies below the threshold. */
export function mapBar(
  colours: MapColours,
  label: string,
  { left, top, height }: { left: number; top: number; height: number },
): ColourBar {
  const { low, high } = colours;
  const tall = Math.max(40, Math.min(height, 230));
  return {
    left,
    top: top + (height - tall) / 2,
    height: tall,
    src: barImage(colours),
    label: barLabel(label, Math.max(tall, height)),
    ticks: barTicks(low, high, tall),
  };
}

/** Also of 0: the bar has it as a value like any other. */
function isBelow({ threshold, oneSided }: MapColours, value: number): boolean {
  return (oneSided ? value : Math.abs(value)) < threshold;
}

function barImage(colours: MapColours): string {
  const { low, high } = colours;
  const pixels = Uint8Array.from({ length: LINES }, (_, line) => {
    const value = high - ((line + 0.5) / LINES) * (high - low);
    return isBelow(colours, value) ? N_COLOURS : colourOf(colours, value);
  });
  const palette = [...colours.colours, NOT_DRAWN];
  return dataUrl("image/png", encodePalettePng(pixels, 1, LINES, palette));
}
