import { checkOptions } from "../core/gate/options.ts";
import { displayHook, jupyterDisplay, type Displayable, type MimeBundle } from "../core/display.ts";
import { InvalidArgument } from "../core/errors.ts";
import { figureMark } from "../core/figure-mark.ts";
import { formatCsv } from "../io/csv/index.ts";
import type { Cell, Table } from "../table/index.ts";
import { renderSvg } from "#platform/render-svg";
import { marked } from "./mark.ts";
import type { FigureReading } from "./reading.ts";
import { base64, dataUrl } from "./png/data-url.ts";

const LARGEST_SCALE = 20;

/** MIME type by which a figure hands over the values behind it. */
const figureMime = "application/vnd.tsrsa.figure+json";
/** More rows than this are not written beside a figure: they are data to be computed, not to be read. */
const mostRows = 400_000;

/** What a figure is made of. */
export interface FigureParts {
  /** A standalone SVG document. */
  readonly svg: string;
  readonly widthPx: number;
  readonly heightPx: number;
  /** What is shown and how, in the words of a figure legend. */
  readonly caption: string;
  /** The picture in words, for who cannot see it. */
  readonly altText: string;
  /** The exact values shown; made when first asked for. */
  readonly data: () => Table;
  /**
   * A form of the figure that can be played with, as HTML that holds the picture itself (`pngUrl`) as an `<img>`, so that
   * it is left where scripts are stripped. Default: none.
   */
  readonly html?: (figure: Figure, pngUrl: string) => string;
  /** How places of the picture read, for pages that say what stands below the pointer. Default: not at all. */
  readonly reading?: FigureReading | undefined;
}

/** How a figure becomes pixels. */
export interface PngOptions {
  /** Pixels per CSS pixel. Default: 2, about 190 dots per inch. */
  readonly scale?: number;
}

/**
 * A picture that stands alone: vector, pixels, the exact values behind it, and words. It shows itself in a notebook
 * as SVG with a PNG beside it, because an untrusted notebook shows only the latter.
 *
 * @example
 * import { plotRdms, Rdm } from "tsrsa";
 * const figure = plotRdms(new Rdm([1, 2, 3], { items: ["cat", "dog", "car"], metric: "correlation" }));
 * figure.toCsv().split("\n")[1]; // "1,,cat,dog,1"
 */
export class Figure implements Displayable {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
  readonly caption: string;
  readonly altText: string;
  readonly #makeData: () => Table;
  readonly #html: FigureParts["html"];
  readonly #reading: FigureReading | undefined;
  #data: Table | undefined;

  /** A figure bears the mark that is set as it is made: that of demo data, or one's own (`markFigures`). */
  constructor(given: FigureParts) {
    const parts = marked(given, figureMark());
    this.svg = parts.svg;
    this.width = parts.widthPx;
    this.height = parts.heightPx;
    this.caption = parts.caption;
    // A line: names in it may have breaks, and behind the first line of a figure's text stands its caption.
    this.altText = parts.altText.replace(/\s+/g, " ");
    this.#makeData = parts.data;
    this.#html = parts.html;
    this.#reading = parts.reading;
  }

  /** The exact values shown, one row a value. */
  get data(): Table {
    return (this.#data ??= this.#makeData());
  }

  /** The figure as a PNG file, by default of twice as many pixels as it is wide and high. Throws `InvalidArgument`. */
  async png(options: PngOptions = {}): Promise<Uint8Array> {
    checkOptions(options, { scale: true });
    const { scale = 2 } = options;
    if (!(scale > 0 && scale <= LARGEST_SCALE))
      throw new InvalidArgument(
        "scale",
        scale,
        `give pixels per CSS pixel, up to ${LARGEST_SCALE}`,
      );
    return renderSvg(this.svg, { scale });
  }

  /** The exact values shown, as comma-separated text with a header line. */
  toCsv(): string {
    const { data } = this;
    const asText = (cell: Cell) =>
      typeof cell === "number" || cell === null ? cell : String(cell);
    return formatCsv(
      data.names,
      new Map(data.names.map((name) => [name, data.column(name).map(asText)])),
    );
  }

  /** The form that can be played with, as HTML that needs nothing else; undefined where there is none. */
  async html(): Promise<string | undefined> {
    if (this.#html === undefined) return undefined;
    return this.#html(this, dataUrl("image/png", await this.png()));
  }

  // No text/html for a still picture: it would outrank the PNG in an untrusted notebook, and then be stripped.
  async [jupyterDisplay](): Promise<MimeBundle> {
    const html = await this.html();
    return {
      ...(html === undefined ? {} : { "text/html": html }),
      "image/svg+xml": this.svg,
      ...(await this.#pngUnlessLeft()),
      "text/plain": `${this.altText}\n${this.caption}`,
      ...this.#dataIfWanted(),
    };
  }

  /** Who shows the SVG may not want to pay for its pixels. */
  async #pngUnlessLeft(): Promise<MimeBundle> {
    const isLeft = displayHook()?.leaves?.includes("image/png") === true;
    return isLeft ? {} : { "image/png": base64(await this.png()) };
  }

  /** The exact values, for a headless run that writes them beside the picture. */
  #dataIfWanted(): MimeBundle {
    const wanted = displayHook()?.wants?.includes(figureMime) === true;
    if (!wanted || this.data.length > mostRows) return {};
    const reading = this.#reading === undefined ? {} : { reading: this.#reading };
    return { [figureMime]: { csv: this.toCsv(), ...reading } };
  }
}
