import { FileFormatError } from "../../src/core/errors.ts";
import { checkName } from "../../src/io/zip/index.ts";
import type { ArchiveMember } from "./member.ts";
import { sameNameKey, unstorable } from "./storable-name.ts";

/** What an archive may claim before it is refused. */
export interface UnpackLimits {
  /** Number of members. Default 200,000. */
  readonly maxEntries?: number;
  /** Bytes of all members together. Default 32 GiB. */
  readonly maxTotalBytes?: number;
  /** Bytes of all members by bytes of the archive, beyond 64 MiB. Default 200. */
  readonly maxRatio?: number;
}

const leastSuspectBytes = 64 * 2 ** 20;
const advice = "the archive may be malicious; do not unpack it";

/** Looks at each member before it is unpacked, and throws `FileFormatError` at the first that is not safe. */
export class MemberGuard {
  readonly #archive: string;
  readonly #archiveBytes: number;
  readonly #limits: Required<UnpackLimits>;
  /** Every file and folder so far, as file systems that ignore case see it. */
  readonly #taken = new Map<string, "file" | "folder">();
  #entries = 0;
  #total = 0;

  constructor(archive: string, archiveBytes: number, limits: UnpackLimits) {
    this.#archive = archive;
    this.#archiveBytes = archiveBytes;
    this.#limits = { maxEntries: 200_000, maxTotalBytes: 32 * 2 ** 30, maxRatio: 200, ...limits };
  }

  /** Only what is wanted needs a name that can be stored. */
  check(member: ArchiveMember, wanted: boolean): void {
    const { name, kind } = member;
    if (++this.#entries > this.#limits.maxEntries)
      this.#refuse("number of members", `at most ${this.#limits.maxEntries}`, "more");
    checkName(name.replace(/\/$/, ""), this.#archive);
    if (kind === "link" || kind === "device")
      this.#refuse(`${name}: kind`, "a file or folder", `a ${kind}`);
    this.#addBytes(member);
    if (!wanted) return;
    const why = unstorable(name);
    if (why !== undefined)
      this.#refuse(
        "member name",
        "one that every system can store",
        `${JSON.stringify(name)} (${why})`,
      );
    this.#takeName(name, kind);
  }

  /** What a member that does not declare its size may have. */
  mostBytes(): number {
    const { maxTotalBytes, maxRatio } = this.#limits;
    return Math.min(maxTotalBytes, Math.max(leastSuspectBytes, maxRatio * this.#archiveBytes));
  }

  #takeName(name: string, kind: "file" | "folder"): void {
    const parts = sameNameKey(name).split("/");
    for (let length = 1; length <= parts.length; length++) {
      const key = parts.slice(0, length).join("/");
      const before = this.#taken.get(key);
      const now = length < parts.length ? "folder" : kind;
      if (before !== undefined && (before !== now || now === "file"))
        this.#refuse("member names", "each once, whatever its case", `${name} twice`);
      this.#taken.set(key, now);
    }
  }

  #addBytes({ bytes }: ArchiveMember): void {
    this.#total += bytes;
    if (this.#total > this.#limits.maxTotalBytes)
      this.#refuse(
        "size of all members",
        `at most ${this.#limits.maxTotalBytes}`,
        `${this.#total}`,
      );
    const most = this.#limits.maxRatio * this.#archiveBytes;
    if (this.#total > leastSuspectBytes && this.#total > most)
      this.#refuse("inflation", `at most ${this.#limits.maxRatio} times`, "more (a bomb?)");
  }

  #refuse(field: string, expected: string, found: string): never {
    throw new FileFormatError(this.#archive, field, expected, found, { advice });
  }
}
