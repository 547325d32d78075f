import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Script } from "node:vm";
import { expect, test } from "vitest";
import { linkTerms, termsOf } from "../../site/glossary.ts";
import { linkFaults } from "../../site/links.ts";
import { searchScript } from "../../site/search-script.ts";
import { root } from "../cli/tsrsa.ts";
import { cellsOf } from "../course/exercise-cells.ts";

test("the first place of a term is a link, outside code, headings and links, and the longest term wins", () => {
  const terms = termsOf("# G\n\n## RDM\n\n*Also: RDMs.*\n\nx\n\n## Model RDM\n\ny\n");
  expect(terms).toEqual([
    { id: "rdm", words: ["RDM", "RDMs"] },
    { id: "model-rdm", words: ["Model RDM"] },
  ]);
  const html =
    '<h2>An RDM</h2><p><code>RDM</code> a model RDM, RDMs, an RDM, <a href="x">RDM</a>, RDMx</p>';
  expect(linkTerms(html, terms, "g.html")).toBe(
    '<h2>An RDM</h2><p><code>RDM</code> a <a class="term" href="g.html#model-rdm">model RDM</a>, ' +
      '<a class="term" href="g.html#rdm">RDMs</a>, an RDM, <a href="x">RDM</a>, RDMx</p>',
  );
});

test("dead links, dead anchors and double ids are found, outside addresses by their form", () => {
  const page = (body: string) => `<html><body>${body}</body></html>`;
  const pages = new Map([
    ["a.html", page('<p id="x"></p><a href="b/c.html#y"></a><a href="#x"></a><a href="#z"></a>')],
    [
      "b/c.html",
      page(
        '<p id="y"></p><p id="y"></p><a href="../a.html"></a><a href="../no.html"></a>' +
          '<a href="https://doi.org/10.1/x"></a><a href="http://plain.org"></a><script src="../s.js"></script>',
      ),
    ],
  ]);
  expect(linkFaults(pages)).toEqual([
    "a.html: #z",
    "b/c.html: id y twice",
    "b/c.html: ../no.html",
    "b/c.html: http://plain.org",
    "b/c.html: ../s.js",
  ]);
});

test("the script of the search is one that runs", () => {
  expect(() => new Script(searchScript())).not.toThrow();
});

test("the glossary has the words that the notebooks use, and each once", () => {
  const terms = termsOf(readFileSync(join(root, "docs/glossary.md"), "utf8"));
  const words = terms.flatMap((term) => term.words.map((word) => word.toLowerCase()));
  expect(words.filter((word, at) => words.indexOf(word) < at)).toEqual([]);
  const wanted =
    "RDM,model RDM,Spearman correlation,epoch,gradiometer,magnetometer,SEM,FDR,TFCE,crossnobis,voxel,searchlight," +
    "noise ceiling,FAS,N400,Mantel test,bootstrap,ridge,receptive field,embedding,leaky,detrend,affine,retinotopy";
  expect(wanted.split(",").filter((word) => !words.includes(word.toLowerCase()))).toEqual([]);
  const text = ["00", "01", "02", "03", "04", "05"]
    .flatMap((number) => cellsOf(number))
    .filter(({ kind }) => kind === "markdown")
    .map(({ source }) => source)
    .join("\n");
  for (const word of ["searchlight", "noise ceiling", "Mantel", "N400", "receptive"])
    expect(text).toContain(word);
});
