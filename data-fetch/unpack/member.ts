/** One member of an archive, as it comes by. */
export interface ArchiveMember {
  readonly name: string;
  readonly kind: "file" | "folder" | "link" | "device";
  /** Size that the archive declares. */
  readonly bytes: number;
  /** Checksum that the archive declares, if its format has one. */
  readonly crc32?: number;
  /** The bytes; they must be taken, or left, before the next member is asked for. */
  content(): AsyncIterable<Uint8Array>;
}
