import { traced, tracedOption, type Words } from "./blocks.ts";
import { deedOf } from "./deeds.ts";
import { anyCall, type RunToReport, type WrittenCall } from "./run.ts";

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
    places.length === 1 || places.some((at) => calls[at].file !== undefined) ? " (" : " (cells ",
    ...places.flatMap((at, n): Words => [n === 0 ? "" : ", ", ...shortPlace(calls, places, at)]),
    ")",
  ]);
  return [...said, ["Also called, with no options written there: ", ...rest, "."]];
}

/** Where a call stands: a cell, or a file that cells import. */
function placeOf({ cell, file }: WrittenCall, at: number): Words {
  if (file !== undefined) return [traced(file, "calls", at, "file")];
  return ["cell ", traced(cell, "calls", at, "cell")];
}

/** Of several cells only the number, as "cells" stands before them. */
function shortPlace(calls: readonly WrittenCall[], places: readonly number[], at: number): Words {
  const isCells = places.length > 1 && places.every((one) => calls[one].file === undefined);
  return isCells ? [traced(calls[at].cell, "calls", at, "cell")] : placeOf(calls[at], at);
}

/** What is given to something else has no options of its own; the code that gives it says all there is. */
function handedSentence(call: WrittenCall, at: number): Words {
  const name = traced(call.call, "calls", at, "call");
  const of = [" (", ...placeOf(call, at), "): ", traced(call.of.join(), "calls", at, "of"), "."];
  return call.call === anyCall
    ? ["What was called of ", name, " only a run could tell", ...of]
    : [name, " was given to other code", ...of];
}

function sentence(written: WrittenCall, at: number): Words {
  if (written.handedOn === true) return handedSentence(written, at);
  const { call, options } = written;
  const said = saidOptions(options);
  const deed = deedOf(call);
  const name = traced(call, "calls", at, "call");
  return [
    ...(deed === undefined ? [name, " was called ("] : [`${deed} (`, name, ", "]),
    ...placeOf(written, at),
    ")",
    ...said.flatMap(([option, value], k) => [
      k === 0 ? ": " : ", ",
      `${option} = `,
      tracedOption(value, "calls", at, "options", option),
    ]),
    said.length === 0 ? ", with no options written there." : ".",
  ];
}

function isPlain({ call, options, handedOn }: WrittenCall): boolean {
  return handedOn !== true && deedOf(call) === undefined && saidOptions(options).length === 0;
}

function saidOptions(options: WrittenCall["options"]): [string, unknown][] {
  return Object.entries(options).filter(([name]) => !ofJob.has(name));
}

/** How a job is run changes no number. */
const ofJob = new Set(["onProgress", "signal", "jobs"]);
