import { Header } from "tar";
import { crc32, deflateRawSync, gzipSync } from "node:zlib";

/** A member as a hostile hand would write it: nothing is checked. */
export interface RawMember {
  readonly name: string;
  readonly bytes?: Buffer;
  /** Mode and kind of file, as Unix has it. */
  readonly mode?: number;
  readonly crc?: number;
  readonly declaredBytes?: number;
  readonly deflate?: boolean;
  /** The bytes are deflated already. */
  readonly deflated?: boolean;
  /** For tar: kind of member and what a link points to. */
  readonly type?: "File" | "Directory" | "SymbolicLink" | "Link" | "CharacterDevice" | "FIFO";
  readonly linkpath?: string;
}

/** The bytes of a zip file with exactly these members. */
export function rawZip(members: readonly RawMember[]): Buffer {
  const [locals, entries]: [Buffer[], Buffer[]] = [[], []];
  let at = 0;
  for (const {
    name,
    bytes = Buffer.alloc(0),
    mode = 0o100644,
    crc,
    declaredBytes,
    deflate,
    deflated = deflate,
  } of members) {
    const [path, stored] = [Buffer.from(name), deflate === true ? deflateRawSync(bytes) : bytes];
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(1 << 11, 2);
    fields.writeUInt16LE(deflated === true ? 8 : 0, 4);
    fields.writeUInt32LE(crc ?? crc32(bytes), 10);
    fields.writeUInt32LE(stored.length, 14);
    fields.writeUInt32LE(declaredBytes ?? bytes.length, 18);
    fields.writeUInt16LE(path.length, 22);
    const after = Buffer.alloc(14);
    after.writeUInt32LE(mode * 0x10000, 6);
    after.writeUInt32LE(at, 10);
    entries.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x03", "latin1"), fields, after, path]));
    locals.push(Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), fields, path, stored]));
    at += 4 + 26 + path.length + stored.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, directory, end]);
}

/** The bytes of a .tar.gz file with exactly these members. */
export function rawTarGz(members: readonly RawMember[]): Buffer {
  const blocks = members.flatMap(
    ({ name, bytes = Buffer.alloc(0), type = "File", linkpath, declaredBytes }) => {
      const block = Buffer.alloc(512);
      const header = new Header({
        path: name,
        mode: 0o644,
        size: declaredBytes ?? bytes.length,
        mtime: new Date(0),
        type,
        linkpath,
      });
      header.encode(block, 0);
      return [block, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)];
    },
  );
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}
