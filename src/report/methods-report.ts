import { object } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { checkProtocol, checkRun } from "./check-record.ts";
import { isCode, traced, tracedOption, type Block } from "./blocks.ts";
import { drawRows } from "./draw-rows.ts";
import { deviationsOf, type Deviation } from "./deviations.ts";
import { sentences, setting } from "./methods.ts";
import { toHtml, toMarkdown, toPlainText } from "./render.ts";
import { anyCall, type Protocol, type RunToReport } from "./run.ts";

/** With what a run is compared. */
export interface MethodsReportOptions {
  /** What was planned: the content of `protocol.json`. */
  readonly protocol?: Protocol;
}

const methodsReportNames: OptionNames<MethodsReportOptions> = { protocol: object };

/** A report in three forms. */
export interface MethodsReport {
  /** What is not as the protocol says; undefined without one. */
  readonly deviations: readonly Deviation[] | undefined;
  /** Markdown, with a footnote for each value that says where in run.json it stands. */
  readonly markdown: string;
  /** A page of its own. */
  readonly html: string;
  /** Text to paste into a word processor: paragraphs, and tables with tabs. */
  readonly text: string;
}

/**
 * What was done, from the record of a run: methods text, results, legends, options, and each thing that differs from a
 * protocol. Every value says where in run.json it comes from. Nothing is computed anew and nothing is left out.
 *
 * @param run - the content of `run.json`, as `tsrsa run` writes it.
 * @throws FileFormatError for what is no record of a run or no protocol.
 * @example
 * import { methodsReport } from "tsrsa";
 * const run = { notebook: "study.ts", status: "ok", tsrsa: "0.1.0", results: { peak: 0.42 } };
 * methodsReport(run).text.includes("peak\t0.42 [2]"); // true
 */
export function methodsReport(run: RunToReport, options: MethodsReportOptions = {}): MethodsReport {
  checkOptions(options, methodsReportNames);
  checkRun(run);
  const { protocol } = options;
  if (protocol !== undefined) checkProtocol(protocol);
  const deviations = protocol === undefined ? undefined : deviationsOf(run, protocol);
  const title = `Report of ${run.notebook.split(/[\\/]/).at(-1) ?? run.notebook}`;
  const blocks: Block[] = [
    { kind: "heading", level: 1, text: title },
    ...failure(run),
    { kind: "heading", level: 2, text: "Methods" },
    { kind: "paragraph", words: setting(run) },
    ...sentences(run.calls ?? []).map((words): Block => ({ kind: "paragraph", words })),
    ...results(run),
    ...legends(run),
    ...optionsTable(run),
    ...draws(run),
    ...plan(run, protocol, deviations ?? []),
  ];
  return {
    deviations,
    markdown: toMarkdown(blocks),
    html: toHtml(blocks, title),
    text: toPlainText(blocks),
  };
}

function failure({ status, error }: RunToReport): Block[] {
  if (status === "ok") return [];
  return [
    {
      kind: "paragraph",
      words: [
        "The run ended with an error",
        ...(error?.cell === undefined ? [] : [" in cell ", traced(error.cell, "error", "cell")]),
        " (status ",
        traced(status, "status"),
        "): what is reported is what ran before it.",
      ],
    },
  ];
}

function results({ results: found = {}, claims }: RunToReport): Block[] {
  const rows = Object.entries(found).map(([name, value]) => [name, traced(value, "results", name)]);
  return [
    { kind: "heading", level: 2, text: "Results" },
    ...(rows.length === 0
      ? [{ kind: "paragraph", words: ["The notebook named no results."] } as const]
      : [{ kind: "table", head: ["Result", "Value"], rows } as const]),
    ...(claims === undefined || claims.checked === 0
      ? []
      : [
          {
            kind: "paragraph",
            words: [
              traced(claims.checked, "claims", "checked"),
              " sentences of the notebook were checked against its numbers; not holding: ",
              traced(claims.failed.length === 0 ? "none" : claims.failed, "claims", "failed"),
              ".",
            ],
          } as const,
        ]),
  ];
}

function legends({ legends: found = [] }: RunToReport): Block[] {
  const said = [...found.entries()].filter(([, legend]) => legend !== "");
  if (said.length === 0) return [];
  return [
    { kind: "heading", level: 2, text: "Figure legends" },
    ...said.map(([at, legend]): Block => ({
      kind: "paragraph",
      words: [`Figure ${at + 1}. `, traced(legend, "legends", at)],
    })),
  ];
}

function optionsTable({ calls = [], parameters = {} }: RunToReport): Block[] {
  const ofCalls = calls.flatMap(({ call, options }, at) =>
    Object.entries(options).map(([name, value]) => [
      `${call} (${calls[at].file ?? `cell ${calls[at].cell}`})`,
      isCode(value) ? `${name} (as the code says)` : name,
      tracedOption(value, "calls", at, "options", name),
    ]),
  );
  const given = Object.entries(parameters).map(([name, value]) => [
    ...["parameter", name],
    traced(value, "parameters", name),
  ]);
  const rows = [...given, ...ofCalls];
  if (rows.length === 0) return [];
  return [
    { kind: "heading", level: 2, text: "Options" },
    { kind: "table", head: ["Call", "Option", "Value"], rows },
  ];
}

function draws({ draws: found = [] }: RunToReport): Block[] {
  if (found.length === 0) return [];
  return [
    { kind: "heading", level: 2, text: "Random numbers" },
    {
      kind: "table",
      head: ["Call", "Times", "Options"],
      rows: drawRows(found),
    },
  ];
}

function plan(
  { sha256 }: RunToReport,
  protocol: Protocol | undefined,
  deviations: readonly Deviation[],
): Block[] {
  const heading: Block = { kind: "heading", level: 2, text: "Deviations from the protocol" };
  if (protocol === undefined)
    return [heading, { kind: "paragraph", words: ["No protocol was given to compare with."] }];
  const silent = gapsOf(protocol) + (sha256 === undefined ? unsealed : "");
  const said = `The protocol was written on ${protocol.created} (SHA-256 ${protocol.sha256}).`;
  const late =
    protocol.ranBefore === undefined
      ? ""
      : ` The notebook had been run before it was written, on ${protocol.ranBefore}.`;
  if (deviations.length === 0)
    return [
      heading,
      {
        kind: "paragraph",
        words: [`${said}${late} The run follows it in all that it says.${silent}`],
      },
    ];
  return [
    heading,
    { kind: "paragraph", words: [`${said}${late}${silent} What was done otherwise:`] },
    {
      kind: "table",
      head: ["Where", "What", "Planned", "Done"],
      rows: deviations.map(({ of, what, planned, done, at }) => [
        of,
        what,
        planned,
        { value: done, at },
      ]),
    },
  ];
}

/** A record without a hash may say what the run did not; who reads the report should know. */
const unsealed =
  " The record of the run has no SHA-256, so that a change of it after the run would not be seen.";

/** What the code may call that could not be read when the protocol was written. */
function gapsOf({ files = [], calls }: Protocol): string {
  const gaps = [
    ...files.flatMap(({ path, sha256 }) => (sha256 === null ? [path] : [])),
    ...calls.flatMap(({ call, handedOn, of }) =>
      call === anyCall && handedOn === true ? [of.join()] : [],
    ),
  ];
  return gaps.length === 0 ? "" : ` What it could not tell: ${gaps.join("; ")}.`;
}
