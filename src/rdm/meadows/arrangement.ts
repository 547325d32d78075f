import { FileFormatError } from "../../core/errors.ts";
import { Rdm, type RdmMeta } from "../rdm.ts";
import { subset } from "../subset.ts";

/** What one person did in one task. */
export interface Arrangement {
  readonly items: readonly string[];
  /** Pairs above the diagonal, by rows. */
  readonly distances: Float64Array;
  readonly meta: RdmMeta;
  /** Where in the file it stands. */
  readonly where: string;
}

/** The RDM of an arrangement. Throws `FileFormatError` when names and pairs do not fit. */
export function rdmOf({ items, distances, meta, where }: Arrangement, file: string): Rdm {
  const nPairs = (items.length * (items.length - 1)) / 2;
  if (distances.length !== nPairs || items.length < 2)
    throw new FileFormatError(
      file,
      where,
      `${nPairs} pairs of ${items.length} stimuli`,
      `${distances.length}`,
    );
  const twice = items.find((item, at) => items.indexOf(item) !== at);
  if (twice !== undefined)
    throw new FileFormatError(file, where, "each stimulus once", `${twice} twice`);
  const name = [meta.participant, meta.task].filter((one) => one !== undefined).join(" ");
  return new Rdm(distances, {
    ...{ items, meta, metric: "euclidean" },
    ...(name === "" ? {} : { name }),
  });
}

/** Endings of the files that stimuli come in; what else stands behind a dot is part of the name (`face.anna`). */
const endings =
  /\.(png|jpe?g|gif|bmp|webp|svg|tiff?|avif|mp3|wav|ogg|oga|m4a|flac|aac|mp4|m4v|webm|ogv|mov|avi|mkv|txt|json)$/i;

/** Names of stimuli without the ending of their files, unless two would then be one. */
export function withoutEndings(names: readonly string[]): readonly string[] {
  const bare = names.map((name) => name.replace(endings, ""));
  return new Set(bare).size === new Set(names).size ? bare : names;
}

/** Those that have the stimuli of the first, in its order; others keep their own. */
export function inOrderOfFirst(rdms: readonly Rdm[]): Rdm[] {
  const [first] = rdms;
  const wanted = first.items ?? [];
  return rdms.map((rdm) => {
    const own = new Set(rdm.items);
    const same = own.size === wanted.length && wanted.every((item) => own.has(item));
    return same ? subset(rdm, wanted) : rdm;
  });
}
