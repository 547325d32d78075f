import { traced, tracedOption, type Words } from "./blocks.ts";
import { deedOf } from "./deeds.ts";
import type { RunToReport, WrittenCall } from "./run.ts";

/** A paragraph about software and data. */
export function setting(run: RunToReport): Words {
  const { packages = {}, sources = [], data = [] } = run;
  const others = Object.entries(packages).filter(([name]) => name !== "tsrsa");
  return [
    "Analyses were run with tsrsa ",
    traced(run.tsrsa, "tsrsa"),
    ...(run.node === undefined ? [] : [" on Node ", traced(run.node, "node")]),
    ...others.flatMap(([name, version]) => [`, ${name} `, traced(version, "packages", name)]),
    ".",
    ...sources.flatMap(({ name, kind }, at) => [
      kind === "demo" ? " Demo data, not measured ones, were used: " : " The data were ",
      traced(name, "sources", at, "name"),
      ".",
    ]),
    ...(data.length === 0
      ? []
      : [
          ` ${data.length} ${data.length === 1 ? "file was" : "files were"} read, whose SHA-256 stand in run.json (`,
          traced("data", "data"),
          ").",
        ]),
  ];
}

/**
 * A sentence about each call, with every option that is written; those of which there is nothing to say but their name
 * stand together in a last one.
 */
export function sentences(calls: readonly WrittenCall[]): Words[] {
  const said = calls.flatMap((call, at) => (isPlain(call) ? [] : [sentence(call, at)]));
  const plain = new Map<string, number[]>();
  calls.forEach((call, at) => {
    if (isPlain(call)) plain.set(call.call, [...(plain.get(call.call) ?? []), at]);
  });
  if (plain.size === 0) return said;
  const rest = [...plain.values()].flatMap((places, k): Words => [
    k === 0 ? "" : ", ",
    traced(calls[places[0]].call, "calls", places[0], "call"),
    ` (${places.length === 1 ? "cell" : "cells"} `,
    ...places.flatMap((at, n): Words => [
      n === 0 ? "" : ", ",
      traced(calls[at].cell, "calls", at, "cell"),
    ]),
    ")",
  ]);
  return [...said, ["Also called, with no options written there: ", ...rest, "."]];
}

function sentence({ call, options, cell }: WrittenCall, at: number): Words {
  const said = saidOptions(options);
  const deed = deedOf(call);
  const name = traced(call, "calls", at, "call");
  return [
    ...(deed === undefined ? [name, " was called ("] : [`${deed} (`, name, ", "]),
    ...["cell ", traced(cell, "calls", at, "cell"), ")"],
    ...said.flatMap(([option, value], k) => [
      k === 0 ? ": " : ", ",
      `${option} = `,
      tracedOption(value, "calls", at, "options", option),
    ]),
    said.length === 0 ? ", with no options written there." : ".",
  ];
}

function isPlain({ call, options }: WrittenCall): boolean {
  return deedOf(call) === undefined && saidOptions(options).length === 0;
}

function saidOptions(options: WrittenCall["options"]): [string, unknown][] {
  return Object.entries(options).filter(([name]) => !ofJob.has(name));
}

/** How a job is run changes no number. */
const ofJob = new Set(["onProgress", "signal", "jobs"]);
