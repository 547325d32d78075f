import {
  displayHook,
  jupyterDisplay,
  type Displayable,
  type HookWidget,
  type MimeBundle,
} from "../../core/display.ts";
import { InvalidArgument } from "../../core/errors.ts";
import { checkOptions } from "../../core/gate/options.ts";
import { toRdm, toRdms, type RdmInput, type RdmLike } from "../../rdm/rdm-list.ts";
import type { Rdm } from "../../rdm/rdm.ts";
import { rsa, type RsaResult } from "../../rsa/index.ts";
import { multidimensionalScaling } from "../../stats/index.ts";
import type { Figure } from "../figure.ts";
import { plotMds } from "../mds/plot-mds.ts";
import { liveMdsCode, liveMdsStyle } from "./live-mds-view.ts";
import { liveMdsNames, type LiveMdsOptions } from "./options.ts";
import { checkedPlaces, rdmOfPicture } from "./picture.ts";
import { firstState, stateOfScores } from "./state.ts";

/** More items than this cannot be dragged one by one, nor their cells hit. */
const MOST_ITEMS = 100;

/**
 * Items in the plane, to be dragged: see what an RDM is, and what moves a model's score. Dissimilar items lie far apart, as
 * `plotMds` places them; the RDM of the picture (how far apart its items lie) and its agreement with every model follow the
 * hand. A click on a cell of the RDM shows its two items. It is live in `tsrsa lab`, on a site, and in JupyterLab with
 * anywidget; elsewhere, and wherever it is printed, it is the still picture.
 *
 * Throws `InvalidArgument` for fewer than 3 or more than 100 items, and as `plotMds` and `rsa`.
 *
 * @example
 * import { liveMds, Rdm } from "tsrsa";
 * const items = ["cat", "dog", "car"];
 * const rdm = new Rdm([0.2, 0.9, 1.1], { items });
 * const live = liveMds(rdm, new Rdm([0, 1, 1], { items, name: "animate" }));
 * live.move("car", 0, 0).rdm.between("car", "cat") < 1; // true
 */
export function liveMds(rdm: RdmLike, models: RdmInput, options: LiveMdsOptions = {}): LiveMds {
  const data = toRdm(rdm);
  checkOptions(options, liveMdsNames);
  if (data.nItems < 3 || data.nItems > MOST_ITEMS)
    throw new InvalidArgument("rdm", `${data.nItems} items`, `give 3 to ${MOST_ITEMS}; see subset`);
  return new LiveMds(data, toRdms(models, "models"), options);
}

/** A picture of items that moves; what it shows now can be asked of it. */
export class LiveMds implements Displayable {
  /** The picture to begin with, for where nothing moves. */
  readonly still: Figure;
  readonly #data: Rdm;
  readonly #models: readonly Rdm[];
  readonly #options: LiveMdsOptions;
  readonly #start: Float64Array;
  readonly #widgets = new Set<HookWidget>();
  #places: Float64Array;
  #scores: RsaResult;

  /** Made by `liveMds`. */
  constructor(data: Rdm, models: readonly Rdm[], options: LiveMdsOptions) {
    const { images, categories, title } = options;
    this.#data = data;
    this.#models = models;
    this.#options = options;
    this.still = plotMds(data, { images, categories, title });
    this.#start = Float64Array.from(multidimensionalScaling(data.condensed).coordinates.data);
    this.#places = this.#start;
    this.#scores = this.#compare();
  }

  /** How far apart the items lie in the picture now. */
  get rdm(): Rdm {
    return rdmOfPicture(this.#places, this.#data.items);
  }

  /** The agreement of the picture's RDM with each model now. */
  get scores(): RsaResult {
    return this.#scores;
  }

  /** Puts an item, by label or number, at a place of the plane. Throws `InvalidArgument`. */
  move(item: string | number, x: number, y: number): this {
    const at = typeof item === "number" ? item : (this.#data.items ?? []).indexOf(item);
    if (!Number.isInteger(at) || at < 0 || at >= this.#data.nItems)
      throw new InvalidArgument("item", item, "give the label of one, or its number from 0");
    const places = [...this.#places];
    places.splice(2 * at, 2, x, y);
    this.#put(places);
    for (const widget of this.#widgets) widget.set({ places });
    return this;
  }

  [jupyterDisplay](): Promise<MimeBundle> {
    return this.#bundle();
  }

  async #bundle(): Promise<MimeBundle> {
    const still = await this.still[jupyterDisplay]();
    const words = [still["text/plain"], ...this.#words()].join("\n");
    const hook = displayHook();
    if (hook?.widget === undefined) return { ...still, "text/plain": words };
    const state = firstState(this.#data, this.#start, this.#options);
    const now = { places: [...this.#places], ...stateOfScores(this.rdm, this.#scores) };
    const widget = hook.widget({
      ...{ esm: liveMdsCode, css: liveMdsStyle },
      state: { ...state, ...now },
    });
    this.#widgets.add(widget);
    widget.onChange("places", (places) => this.#put(places));
    return { ...widget._repr_mimebundle_(), ...still, "text/plain": words };
  }

  #put(places: unknown): void {
    this.#places = checkedPlaces(places, this.#data.nItems);
    this.#scores = this.#compare();
    const changes = stateOfScores(this.rdm, this.#scores);
    for (const widget of this.#widgets) widget.set(changes);
  }

  #compare(): RsaResult {
    const { metric } = this.#options;
    return rsa(this.rdm, this.#models, metric === undefined ? {} : { metric });
  }

  #words(): string[] {
    const { modelNames, metric } = this.#scores;
    return modelNames.map(
      (name, m) => `${name}: ${this.#scores.score(0, m).toFixed(3)} (${metric})`,
    );
  }
}
