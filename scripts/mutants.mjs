// node scripts/mutants.mjs [--count 40] [--seed 1] [--folders src/rsa,src/rdm] [--only 3,17]: changes one place of the
// code at a time, in a copy, and runs the tests of its room; what survives those is run against every test that imports
// the file. Prints the survivors. The same seed changes the same places of the same commit. Types are not checked:
// vitest does not, and a mutant that a type would refuse is still one that a test should notice.
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import ts from "typescript";
import { uniform } from "../bench/data.mjs";

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "40" },
    seed: { type: "string", default: "1" },
    folders: {
      type: "string",
      default:
        "src/core,src/compute,src/stats,src/table,src/rdm,src/rsa,src/searchlight,src/meg,src/mri,src/encoding,src/pairs",
    },
    only: { type: "string" },
    list: { type: "boolean", default: false },
  },
});
const swaps = new Map([
  ["<", "<="],
  ["<=", "<"],
  [">", ">="],
  [">=", ">"],
  ["===", "!=="],
  ["!==", "==="],
  ["&&", "||"],
  ["||", "&&"],
  ["+", "-"],
  ["-", "+"],
  ["*", "/"],
  ["/", "*"],
  ["+=", "-="],
  ["-=", "+="],
  ["??", "&&"],
]);

const names = new Map([
  ["min", "max"],
  ["max", "min"],
  ["floor", "ceil"],
  ["ceil", "floor"],
  ["some", "every"],
  ["every", "some"],
  ["indexOf", "lastIndexOf"],
  ["lastIndexOf", "indexOf"],
]);

const top = fileURLToPath(new URL("..", import.meta.url));
const random = uniform(Number(values.seed));
const rooms = values.folders.split(",").map((folder) => ({ folder, files: filesOf(folder) }));
const mutants = Array.from({ length: Number(values.count) }, (_, at) => ({
  number: at + 1,
  ...mutantOf(rooms[at % rooms.length]),
}));
const chosen = values.only?.split(",").map(Number);
const asked = mutants.filter(({ number }) => chosen === undefined || chosen.includes(number));
if (values.list) asked.forEach((mutant) => console.log(told(mutant)));
else tryAll();

function tryAll() {
  const copy = join(mkdtempSync(join(tmpdir(), "tsrsa-mutants-")), "checkout");
  git("worktree", "add", "--quiet", "--detach", copy, "HEAD");
  symlinkSync(join(top, "node_modules"), join(copy, "node_modules"), "dir");
  if (existsSync(join(top, "dist"))) symlinkSync(join(top, "dist"), join(copy, "dist"), "dir");
  try {
    const survivors = asked.filter((mutant) => survives(mutant, copy));
    console.log(`\n${asked.length - survivors.length} of ${asked.length} died; survivors:`);
    survivors.forEach((mutant) => console.log(told(mutant)));
  } finally {
    rmSync(join(copy, "node_modules"));
    rmSync(join(copy, "dist"), { force: true });
    git("worktree", "remove", "--force", copy);
    rmSync(join(copy, ".."), { recursive: true, force: true });
  }
}

function survives(mutant, copy) {
  const path = join(copy, mutant.file);
  const text = readFileSync(path, "utf8");
  writeFileSync(path, text.slice(0, mutant.start) + mutant.to + text.slice(mutant.end));
  const room = `test/${mutant.file.split("/")[mutant.file.startsWith("src/") ? 1 : 0]}`;
  // `related` finds every test that reaches the file, however far.
  const lives =
    passes(copy, ["run", room, "--bail", "1"]) &&
    passes(copy, ["related", mutant.file, "--run", "--bail", "1", "--exclude", `${room}/**`]);
  writeFileSync(path, text);
  console.log(`${lives ? "LIVES" : "died "} ${told(mutant)}`);
  return lives;
}

function passes(cwd, args) {
  const vitest = join(top, "node_modules/vitest/vitest.mjs");
  const { status, signal } = spawnSync(process.execPath, [vitest, ...args], {
    cwd,
    stdio: "ignore",
    // An endless loop is a death too; no sound run of a room takes so long.
    timeout: 900_000,
    killSignal: "SIGKILL",
  });
  return status === 0 && signal === null;
}

function told({ number, file, line, from, to }) {
  return `${number}. ${file}:${line}: ${short(from)} → ${short(to)}`;
}

function short(text) {
  const one = text.replace(/\s+/g, " ");
  return one.length <= 60 ? one : `${one.slice(0, 57)}…`;
}

function filesOf(folder) {
  return readdirSync(join(top, folder), { recursive: true, encoding: "utf8" })
    .filter(
      (name) =>
        name.endsWith(".ts") &&
        !/assembly|wasm-binary|platform\/browser|(^|\/)index\.ts$/.test(name),
    )
    .map((name) => relative(top, join(top, folder, name)).replaceAll("\\", "/"))
    .sort();
}

/** A place of a file of the room; files with nothing to change are passed over. */
function mutantOf({ files }) {
  for (;;) {
    const file = files[Math.floor(random() * files.length)];
    const places = placesOf(file);
    if (places.length > 0) return { file, ...places[Math.floor(random() * places.length)] };
  }
}

function placesOf(file) {
  const text = readFileSync(join(top, file), "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found = [];
  const add = (node, to) => {
    const start = node.getStart(source);
    const line = source.getLineAndCharacterOfPosition(start).line + 1;
    const from = text.slice(start, node.end);
    if (from !== to) found.push({ start, end: node.end, line, from, to });
  };
  const visit = (node) => {
    // Words of an error may change freely, and types are nothing that runs.
    if (ts.isTypeNode(node) || ts.isThrowStatement(node) || ts.isImportDeclaration(node)) return;
    for (const to of changesOf(node, source)) add(to.node ?? node, to.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function* changesOf(node, source) {
  if (ts.isBinaryExpression(node)) {
    const operator = node.operatorToken.getText(source);
    const text = ts.isStringLiteralLike(node.left) || ts.isStringLiteralLike(node.right);
    if (swaps.has(operator) && !(text && operator === "+"))
      yield { node: node.operatorToken, text: swaps.get(operator) };
  }
  if (ts.isNumericLiteral(node)) yield { text: `(${node.text} + 1)` };
  if (ts.isIfStatement(node))
    yield { node: node.expression, text: `!(${node.expression.getText(source)})` };
  if (ts.isConditionalExpression(node))
    yield { node: node.condition, text: `!(${node.condition.getText(source)})` };
  if (ts.isPropertyAccessExpression(node) && names.has(node.name.text))
    yield { node: node.name, text: names.get(node.name.text) };
  if (node.kind === ts.SyntaxKind.TrueKeyword) yield { text: "false" };
  if (node.kind === ts.SyntaxKind.FalseKeyword) yield { text: "true" };
  if (ts.isExpressionStatement(node) && ts.isCallExpression(node.expression))
    yield { text: "void 0;" };
}

function git(...args) {
  const { status } = spawnSync("git", args, { cwd: top, stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0) throw new Error(`git ${args.join(" ")} failed`);
}
