import { escapeHtml } from "../core/text.ts";
import type { MimeBundle } from "../core/display.ts";
import type { RecordingInfo } from "./channel.ts";

/** What of epochs is described. */
interface DescribedEpochs {
  readonly name?: string;
  readonly length: number;
  readonly info: RecordingInfo;
  readonly times: Float64Array;
  readonly dropLog: readonly (readonly string[])[];
  readonly eventNames: readonly string[];
  readonly metadata?: { readonly names: readonly string[] };
}

/** JupyterLab aligns cells to the right, where names and their values lie far apart. */
const left = ' style="text-align:left"';

/** A short description of epochs: how many, of what, and when. */
export function describeEpochs(epochs: DescribedEpochs): MimeBundle {
  const rows = facts(epochs);
  const html = rows
    .map(([name, value]) => `<tr><th${left}>${name}</th><td${left}>${escapeHtml(value)}</td></tr>`)
    .join("");
  const width = Math.max(...rows.map(([name]) => name.length));
  return {
    "text/html": `<table>${html}</table>`,
    "text/plain": rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join("\n"),
  };
}

function facts(epochs: DescribedEpochs): [string, string][] {
  const { times, info } = epochs;
  const rows: [string, string][] = [
    ["Epochs", `${epochs.length}${dropped(epochs)}`],
    [
      "Channels",
      `${info.channels.length} (${byType(epochs)})${info.bads.length === 0 ? "" : `, bad: ${info.bads.join(", ")}`}`,
    ],
    [
      "Time",
      `${times[0].toFixed(3)} to ${times[times.length - 1].toFixed(3)} s, ${times.length} samples at ${info.sfreqHz} Hz`,
    ],
    ["Events", countEvents(epochs)],
    [
      "Metadata",
      epochs.metadata === undefined ? "none" : `columns ${epochs.metadata.names.join(", ")}`,
    ],
  ];
  return epochs.name === undefined ? rows : [["File", epochs.name], ...rows];
}

function dropped({ dropLog, length }: DescribedEpochs): string {
  const n = dropLog.filter((reasons) => reasons.length > 0 && !reasons.includes("IGNORED")).length;
  return n === 0 || dropLog.length < length ? "" : ` (${n} were dropped)`;
}

function byType({ info }: DescribedEpochs): string {
  const counts = new Map<string, number>();
  for (const { type } of info.channels) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts].map(([type, n]) => `${n} ${type}`).join(", ");
}

function countEvents(epochs: DescribedEpochs): string {
  const counts = new Map<string, number>();
  for (const name of epochs.eventNames) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, n]) => `${name}: ${n}`)
    .join(", ");
}
