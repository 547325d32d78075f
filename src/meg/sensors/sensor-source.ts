import { listOf, thing } from "../../core/gate/kinds.ts";
import type { Channel, RecordingInfo } from "../channel.ts";

/** Where sensors are: what is known of a recording, or something that has it. */
export type SensorSource = RecordingInfo | { readonly info: RecordingInfo } | readonly Channel[];

/** What is known of the sensors. Throws `InvalidArgument` for what says nothing of any. */
export function recordingOf(source: SensorSource): RecordingInfo {
  const found: unknown =
    typeof source === "object" && source !== null && "info" in source ? source.info : source;
  if (Array.isArray(found)) return { channels: checkedChannels(found), sfreqHz: 1, bads: [] };
  const wanted = "a recording's info, epochs, evokeds, or a list of channels";
  thing(wanted, "channels", "bads")(found, "source");
  const info = found as RecordingInfo;
  return { ...info, channels: checkedChannels(info.channels) };
}

function checkedChannels(channels: unknown): readonly Channel[] {
  const channel = thing("a channel, { name, type, position }", "name", "type", "position");
  listOf(channel)(channels, "channels");
  return Array.from(channels as readonly Channel[]);
}
