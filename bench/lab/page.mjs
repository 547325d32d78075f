// docs/performance/lab.md from docs/performance/lab.json.

/** The page of all figures, as Markdown. */
export function pageOf({ machine, site, rows, lab, peers }) {
  const { first, second, oneMs, long } = site;
  const figures = [
    ["to the first figure of notebook 00, MB gzipped", first.toFigureMB, 1.0],
    ["all that is loaded, types included, MB gzipped", first.allMB, 5],
    ["page ready, s", first.readyMs / 1000, 1.5],
    ["first figure of notebook 00 after that, s", first.firstFigureMs / 1000, 3],
    ["whole notebook 00 in the page, s", first.allMs / 1000, 6],
    ["a cell in the page, ms", oneMs, 5],
    ["a key in a notebook of 200 cells with 50 figures, ms of the page's thread", long.keyMs, 16],
    ["memory of the page after notebook 00, MB", first.pageMB, 300],
    ["memory of the page after notebook 01, MB", second.pageMB, 400],
  ];
  const reached = figures.filter(([, value, goal]) => value <= goal).length;
  return `# The lab and the page

Made by \`node bench/lab.mjs --save\` on ${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, Chromium ${machine.chromium}; other programs took ${machine.busyCores.toFixed(2)} of a core before it began.

## A site's pages

${table(["what", "measured", "goal"], figures.map(figureLine))}

${reached} of ${figures.length} are reached. Memory is the browser's own count (\`measureUserAgentSpecificMemory\`, workers and shared memory included); the whole process of the page takes ${first.processMB.toFixed(0)} MB after notebook 00 and ${second.processMB.toFixed(0)} MB after 01.

## The same calls in Node and in a page

Least of several calls, ms, by \`bench/lab/rows.ts\`; ratios to Node with all its threads.

${table(["call", "Node", "page, shared memory", "page without", "ratios"], rows.map(rowLine))}

## Beside other front ends

From the start of the command to an answer of its server, from there to a kernel that is ready, and one cell from the key to its output (median of 25).

${table(["front end", "start, ms", "page ready, ms", "a cell, ms"], [["tsrsa lab", lab.startMs, lab.readyMs, lab.oneMs], ["tsrsa site (no server)", undefined, first.readyMs, oneMs], ...peers.map(peerLine)])}
${peers
  .filter(({ note }) => note !== undefined)
  .map(
    ({ name, note, allMB }) =>
      `\n${name}: ${note}${allMB === undefined ? "" : `; its page loads ${show(allMB)} MB (gzipped) before that`}.\n`,
  )
  .join("")}`;
}

function figureLine([what, value, goal]) {
  return [what, show(value), `≤ ${goal}${value <= goal ? "" : " (missed)"}`];
}

function rowLine({ name, nodeMs, sharedMs, aloneMs }) {
  const ratio = (ms) => `${(ms / nodeMs).toFixed(2)}×`;
  return [name, nodeMs, sharedMs, aloneMs, `${ratio(sharedMs)}, ${ratio(aloneMs)}`];
}

function peerLine({ name, version, startMs, readyMs, oneMs }) {
  return [`${name} ${version ?? ""}`.trim(), startMs, readyMs, oneMs];
}

function table(head, lines) {
  const text = (cell) => (cell === undefined ? "" : typeof cell === "number" ? show(cell) : cell);
  const line = (cells) => `| ${cells.map(text).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...lines.map(line)].join("\n");
}

function show(value) {
  return value < 100 ? value.toPrecision(3) : value.toFixed(0);
}
