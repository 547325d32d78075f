// Runs a cell for each of twenty packages that people use in notebooks, in a folder of its own outside the repository,
// and says which run: node scripts/check-packages.mjs [name …]. Needs dist/ and the npm registry.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startExecutor } from "../dist/kernel/session/executor-process.js";
import { renderTraceback } from "../dist/kernel/session/traceback.js";

/** What to install, a cell, and the text of its value. */
const packages = {
  knex: [
    ["knex"],
    'import knex from "knex"; knex({ client: "pg" })("t").insert({ n: 1 }).toString()',
    `'insert into "t" ("n") values (1)'`,
  ],
  "drizzle-orm": [
    ["drizzle-orm"],
    'import { eq } from "drizzle-orm"; import { pgTable, integer, QueryBuilder } from "drizzle-orm/pg-core"; const t = pgTable("t", { n: integer("n") }); new QueryBuilder().select().from(t).where(eq(t.n, 1)).toSQL().params',
    "[ 1 ]",
  ],
  mongoose: [
    ["mongoose"],
    'import mongoose, { Schema } from "mongoose"; const Cat = mongoose.model("Cat", new Schema({ name: String })); new Cat({ name: "Tom" }).name',
    "'Tom'",
  ],
  "@supabase/supabase-js": [
    ["@supabase/supabase-js", "ws"],
    `import { createClient } from "@supabase/supabase-js"; import http from "node:http"; import ws from "ws";
let asked = 0;
const server = http.createServer((_, answer) => { asked += 1; answer.setHeader("content-type", "application/json"); answer.end("[]") });
await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
const client = createClient("http://127.0.0.1:" + (server.address() as any).port, "key", { auth: { persistSession: false }, realtime: { transport: ws as any } });
await client.from("t").insert({ n: 1 });
server.close(); asked`,
    "1",
  ],
  prisma: [
    ["@prisma/client"],
    'import { Prisma } from "@prisma/client/extension"; typeof Prisma.defineExtension',
    "'function'",
  ],
  immutable: [
    ["immutable"],
    'import { Map, Set, List } from "immutable"; Map({ a: 1 }).set("b", 2).size + Set([1, 1]).size + List([1]).size',
    "4",
  ],
  effect: [
    ["effect"],
    'import { Array, Effect, Number, String, pipe } from "effect"; await Effect.runPromise(Effect.succeed(pipe([1, 2], Array.map(Number.increment))))',
    "[ 2, 3 ]",
  ],
  runtypes: [
    ["runtypes"],
    'import { Array, Number, String, Object } from "runtypes"; Object({ a: Array(Number), b: String }).guard({ a: [1], b: "x" })',
    "true",
  ],
  zod: [
    ["zod"],
    'import { z } from "zod"; z.object({ a: z.number() }).parse({ a: 1 })',
    "{ a: 1 }",
  ],
  typeorm: [
    ["typeorm", "reflect-metadata"],
    'import "reflect-metadata"; import { Column, Entity, PrimaryGeneratedColumn, getMetadataArgsStorage } from "typeorm"; @Entity() class User { @PrimaryGeneratedColumn() id!: number; @Column() name!: string } getMetadataArgsStorage().columns.map((c) => c.propertyName)',
    "[ 'id', 'name' ]",
  ],
  "class-validator": [
    ["class-validator"],
    'import { IsInt, Min, validate } from "class-validator"; class Item { @IsInt() @Min(3) n = 1 } (await validate(new Item())).map((e) => e.property)',
    "[ 'n' ]",
  ],
  react: [
    ["react", "react-dom"],
    'import { renderToStaticMarkup } from "react-dom/server"; renderToStaticMarkup(<b className="x">hi</b>)',
    `'<b class="x">hi</b>'`,
  ],
  rxjs: [
    ["rxjs"],
    'import { from, lastValueFrom, map, toArray } from "rxjs"; await lastValueFrom(from([1, 2]).pipe(map((x) => x * 2), toArray()))',
    "[ 2, 4 ]",
  ],
  d3: [
    ["d3"],
    'import * as d3 from "d3"; d3.scaleLinear([0, 1], [0, 10])(0.5) + (d3.mean([1, 3]) ?? 0)',
    "7",
  ],
  plot: [
    ["@observablehq/plot", "linkedom"],
    'import * as Plot from "@observablehq/plot"; import { parseHTML } from "linkedom"; Plot.plot({ document: parseHTML("<html></html>").document, marks: [Plot.dot([[1, 2]])] }).outerHTML.startsWith("<svg")',
    "true",
  ],
  axios: [
    ["axios"],
    `import axios from "axios"; import http from "node:http";
const page = http.createServer((_, answer) => answer.end("pong"));
await new Promise<void>((done) => page.listen(0, "127.0.0.1", done));
const { data } = await axios.get("http://127.0.0.1:" + (page.address() as any).port, { proxy: false });
page.close(); data`,
    "'pong'",
  ],
  sharp: [
    ["sharp"],
    'import sharp from "sharp"; (await sharp({ create: { width: 2, height: 3, channels: 3, background: "red" } }).png().toBuffer({ resolveWithObject: true })).info.height',
    "3",
  ],
  "better-sqlite3": [
    ["better-sqlite3"],
    'import Database from "better-sqlite3"; const db = new Database(":memory:"); db.exec("create table t (n)"); db.prepare("insert into t values (?)").run(5).changes',
    "1",
  ],
  zx: [["zx"], 'import { $ } from "zx"; (await $({ quiet: true })`echo hi`).stdout.trim()', "'hi'"],
  lodash: [
    ["lodash"],
    'import _, { chunk } from "lodash"; [chunk([1, 2, 3], 2), _.sum([1, 2])]',
    "[ [ [ 1, 2 ], [ 3 ] ], 3 ]",
  ],
};

/** Decorators of these are TypeScript's older ones. */
const legacy = new Set(["typeorm", "class-validator"]);
/** Built from source where no binary can be loaded down. */
const built = new Set(["better-sqlite3"]);

function install(folder, name, specifiers) {
  const options = ["install", "--no-audit", "--no-fund", "--loglevel=error"];
  const build = built.has(name) ? ["--build-from-source", "--nodedir=/usr"] : [];
  writeFileSync(join(folder, "package.json"), '{"private":true}');
  if (legacy.has(name))
    writeFileSync(
      join(folder, "tsconfig.json"),
      '{"compilerOptions":{"experimentalDecorators":true,"emitDecoratorMetadata":true}}',
    );
  execFileSync("npm", [...options, ...build, ...specifiers], { cwd: folder, stdio: "pipe" });
}

async function run(folder, code) {
  const executor = await startExecutor({ cwd: folder });
  const outputs = [];
  const outcome = await executor.execute(code, { onOutput: (output) => outputs.push(output) });
  await executor.close();
  if (outcome.status === "error") return renderTraceback(outcome.error).join("\n");
  return outputs.find(({ type }) => type === "result")?.bundle["text/plain"];
}

async function check(name) {
  const [specifiers, code, expected] = packages[name];
  const folder = mkdtempSync(join(tmpdir(), "package-"));
  try {
    install(folder, name, specifiers);
  } catch (error) {
    console.log(`none  ${name}: could not be installed: ${String(error.stderr).split("\n")[0]}`);
    rmSync(folder, { recursive: true, force: true });
    return true;
  }
  const found = await run(folder, code);
  rmSync(folder, { recursive: true, force: true });
  console.log(found === expected ? `ok    ${name}` : `FAIL  ${name}: ${found}`);
  return found === expected;
}

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(packages);
const results = [];
for (const name of names) results.push(await check(name));
process.exitCode = results.every(Boolean) ? 0 : 1;
