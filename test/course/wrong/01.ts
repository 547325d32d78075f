import type { WrongAnswers } from "./wrong-answers.ts";

const d = 'pixelRdm.between("f001.bmp", "s001.bmp")';
const within = (wanted: string, model = "pixelRdm", end = ""): string => `(() => {
  const chosen = files.filter((file) => ${wanted});
  return rsa(subset(neural, chosen), subset(${model}, chosen)${end}).single();
})()`;
const face = '!file.startsWith("s")';
const peak = (model = "pixels"): string => `group.mean().peak("${model}").score`;
const peaks = (model = "pixels"): string =>
  `group.people.map((who) => group.person(who).peak("${model}").score)`;
const own = (model?: string): string => `mean(${peaks(model)})`;

/** What learners write into the blanks of notebook 01, and what it is taken for. */
export const wrong: WrongAnswers = {
  "01/correlation": [
    [d, "dissimilarity"],
    [`${d} - 1`, "sign"],
    [`(1 - ${d}) ** 2`, "squared"],
    [`1 + ${d}`, "added"],
    ['1 - pixelRdm.between("f001.bmp", "f001.bmp")', "diagonal"],
    [`100 * (1 - ${d})`, "percent"],
    ["0", "no-pair"],
    ['pixelRdm.between("f001.bmp", "f001.bmp")', "no-pair"],
    [`(1 - ${d}).toFixed(2)`, "kind"],
    ["-3", "other"],
  ],
  "01/by-hand": [
    ["spearman(theirs.condensed, pixelRdm.condensed)", "by-position"],
    ['rsa(theirs, pixelRdm, { metric: "pearson" }).single()', "pearson"],
    ["pearson(reorder(theirs, pixelRdm.items ?? []).condensed, pixelRdm.condensed)", "pearson"],
    ["spearman(reorder(theirs, pixelRdm.items ?? []).toSquare(), pixelRdm.toSquare())", "diagonal"],
    ["rsa(theirs, networkRdm).single()", "other-model"],
    ["rsa(pixelRdm, networkRdm).single()", "two-models"],
    ["1 - rsa(theirs, pixelRdm).single()", "distance"],
    ["rsa(theirs, theirs).single()", "itself"],
    ["rsa(theirs, pixelRdm)", "kind"],
    ["'0.15'", "kind"],
    ["-0.9", "other"],
  ],
  "01/faces-only": [
    ["rsa(neural, pixelRdm).single()", "all"],
    [within('file.startsWith("s")'), "mosaics-only"],
    [within('file.startsWith("f")'), "famous-only"],
    [within('file.startsWith("u")'), "unfamiliar-only"],
    [within(face, "networkRdm"), "other-model"],
    [within(face, "pixelRdm", ', { metric: "pearson" }'), "pearson"],
    [
      `(() => {
        const n = files.filter((file) => ${face}).length;
        const cut = (rdm) => subset(rdm, (rdm.items ?? []).slice(0, n)).condensed;
        return spearman(cut(neural), cut(pixelRdm));
      })()`,
      "half-removed",
    ],
    [`1 - ${within(face)}`, "distance"],
    [within(face).replace(".single()", ""), "kind"],
    ["-0.9", "other"],
  ],
  "01/samples": [
    ["2 * 0.1 * sfreqHz", "without-middle"],
    ["0.1 * sfreqHz", "one-side"],
    ["0.1 * sfreqHz + 1", "diameter"],
    ["200", "milliseconds"],
    ["0.2", "seconds"],
    ["sfreqHz", "a-second"],
    ["2 * 100 * sfreqHz + 1", "other"],
    ["'45'", "kind"],
    ["NaN", "kind"],
    ["undefined", "kind"],
  ],
  "01/own-peaks": [
    [own(), "own-peaks"],
    [peak(), "peak-of-mean"],
    [`${peak()} - ${own()}`, "sign"],
    [`${own("FaceNet")} - ${peak("FaceNet")}`, "other-model"],
    [`group.person(group.people[0]).peak("pixels").score - ${peak()}`, "first-person"],
    [`Math.max(...${peaks()}) - ${peak()}`, "best-person"],
    [`${peaks()}.reduce((all, score) => all + score, 0) - ${peak()}`, "sum"],
    [`${own()} / ${peak()}`, "ratio"],
    [
      `mean(group.people.map((who) => group.person(who).peak("pixels").timeS)) - group.mean().peak("pixels").timeS`,
      "seconds",
    ],
    [
      `(() => {
        const at = group.times.indexOf(group.mean().peak("pixels").timeS);
        const there = (who) => group.person(who).series("pixels").values[at];
        return mean(group.people.map(there)) - ${peak()};
      })()`,
      "one-time",
    ],
    [`group.person("sub-02").peak("pixels")`, "kind"],
    ["-7", "other"],
  ],
};
