import { DuplicateItem, InvalidArgument, UnknownOption } from "../core/errors.ts";
import { either, listOf, text, whole } from "../core/gate/kinds.ts";
import type { RecordingInfo } from "./channel.ts";

/**
 * Which channels: `"data"` (good MEG and EEG channels, the default of the analyses), `"all"`, a type (`"grad"`,
 * `"mag"`, `"meg"`, `"eeg"`, …), a list of types, a list of names (their order is kept), or positions.
 */
export type Picks = string | readonly string[] | readonly number[];

const dataTypes = [
  "mag",
  "grad",
  "eeg",
  "seeg",
  "ecog",
  "dbs",
  "csd",
  "hbo",
  "hbr",
  "fnirs_cw_amplitude",
  "fnirs_od",
];

/**
 * Positions of the picked channels. Types give channels in file order; names keep the order given. `"data"` leaves out
 * bad channels; with `bads: "exclude"` so do `"all"` and types, but never names and positions, as in MNE-Python.
 *
 * @throws UnknownOption for a name or type that is not there, DuplicateItem for a channel named twice.
 */
export function pickChannels(
  info: RecordingInfo,
  picks: Picks = "data",
  bads: "keep" | "exclude" = "keep",
): number[] {
  const at = findChannels(info, picks);
  refuseRepeats(info, at);
  const exclude = picks === "data" || (bads === "exclude" && !namesEach(info, picks));
  const bad = new Set(exclude ? info.bads : []);
  const good = at.filter((channel) => !bad.has(info.channels[channel].name));
  if (good.length === 0) throw noChannels(info, picks);
  return good;
}

/** True when channels are named or numbered one by one. */
function namesEach(info: RecordingInfo, picks: Picks): boolean {
  if (picks === "all" || picks === "data") return false;
  const list = typeof picks === "string" ? [picks] : picks;
  return list.some((pick) => typeof pick === "number" || !isType(info, pick));
}

const pick = either(text, whole(0));
const arePicks = either(text, listOf(pick));

function findChannels(info: RecordingInfo, picks: Picks): number[] {
  arePicks(picks, "picks");
  if (picks === "all") return info.channels.map((_, at) => at);
  if (picks === "data") return ofTypes(info, dataTypes);
  const list = typeof picks === "string" ? [picks] : picks;
  if (list.every((pick) => typeof pick === "number"))
    return list.map((at) => checkedPosition(info, at));
  const names = list.map(String);
  if (names.every((name) => isType(info, name))) return ofTypes(info, names.flatMap(expandType));
  return names.map((name) => positionOf(info, name));
}

function ofTypes(info: RecordingInfo, types: readonly string[]): number[] {
  return info.channels.flatMap(({ type }, at) => (types.includes(type) ? [at] : []));
}

function expandType(type: string): string[] {
  return type === "meg" ? ["mag", "grad"] : [type];
}

function isType(info: RecordingInfo, name: string): boolean {
  if (info.channels.some((channel) => channel.name === name)) return false;
  return expandType(name).some((type) => info.channels.some((channel) => channel.type === type));
}

function positionOf(info: RecordingInfo, name: string): number {
  const at = info.channels.findIndex((channel) => channel.name === name);
  if (at >= 0) return at;
  const types = [...new Set(info.channels.map(({ type }) => type))];
  throw new UnknownOption("channel or channel type", name, [
    "data",
    "all",
    ...types,
    ...info.channels.map((channel) => channel.name),
  ]);
}

function checkedPosition(info: RecordingInfo, at: number): number {
  const position = at < 0 ? info.channels.length + at : at;
  if (Number.isInteger(position) && position >= 0 && position < info.channels.length)
    return position;
  throw new InvalidArgument("pick", at, `there are channels 0 to ${info.channels.length - 1}`);
}

function refuseRepeats(info: RecordingInfo, at: readonly number[]): void {
  const repeated = at.filter((channel, i) => at.indexOf(channel) !== i);
  if (repeated.length === 0) return;
  throw new DuplicateItem(
    repeated.map((channel) => info.channels[channel].name),
    "pick each channel once",
  );
}

function noChannels(info: RecordingInfo, picks: Picks): InvalidArgument {
  const types = [...new Set(info.channels.map(({ type }) => type))].join(", ");
  return new InvalidArgument(
    "picks",
    typeof picks === "string" ? picks : picks.join(", "),
    `no good channel is left; the recording has ${types}`,
  );
}
