/** A message as it lies on the wire: who it is from or for, its signature, and its parts. */
export interface WireMessage {
  readonly identities: readonly Buffer[];
  readonly signature: Buffer;
  /** Header, parent header, metadata and content, each as the bytes that are signed. */
  readonly parts: readonly [Buffer, Buffer, Buffer, Buffer];
  readonly buffers: readonly Buffer[];
}

/** A message that is not taken, and why; nothing of it was executed. */
export class RefusedMessage extends Error {
  override readonly name = "RefusedMessage";
}

const delimiter = Buffer.from("<IDS|MSG>");
/** The most a message may have; what lies beyond is nobody's honest message. */
const most = { identities: 16, buffers: 1024, bytes: 256 * 2 ** 20 };

/** Takes the frames of a message apart. Throws `RefusedMessage`. */
export function splitFrames(frames: readonly Buffer[]): WireMessage {
  const at = frames.findIndex((frame) => frame.equals(delimiter));
  if (at < 0) throw new RefusedMessage("it has no delimiter");
  if (at > most.identities) throw new RefusedMessage("it has too many identities");
  const [signature, header, parent, metadata, content, ...buffers] = frames.slice(at + 1);
  if (content === undefined) throw new RefusedMessage("it has too few parts");
  if (buffers.length > most.buffers) throw new RefusedMessage("it has too many buffers");
  const bytes = frames.reduce((sum, frame) => sum + frame.length, 0);
  if (bytes > most.bytes) throw new RefusedMessage(`it is too large (${bytes} bytes)`);
  const parts = [header, parent, metadata, content] as const;
  return { identities: frames.slice(0, at), signature, parts, buffers };
}

/** The frames of a message, in the order of the wire. */
export function joinFrames(message: WireMessage): Buffer[] {
  const { identities, signature, parts, buffers } = message;
  return [...identities, delimiter, signature, ...parts, ...buffers];
}
