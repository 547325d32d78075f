import { TsrsaError } from "./errors.ts";

/** The disk, or the user's share of it, is full; what was at the path before is still there. */
export class DiskFull extends TsrsaError {
  readonly code = "DISK_FULL";
  constructor(
    readonly path: string,
    options?: ErrorOptions,
  ) {
    super(`cannot write ${path}: the disk is full; make room, or choose a folder on another disk`);
    if (options?.cause !== undefined) this.cause = options.cause;
  }
}

/** The system does not allow this user to read or write there. */
export class NotAllowed extends TsrsaError {
  readonly code = "NOT_ALLOWED";
  constructor(
    readonly path: string,
    readonly action: "read" | "write",
    options?: ErrorOptions,
  ) {
    super(
      `cannot ${action} ${path}: this user has no right to; change its permissions, or choose another place`,
    );
    if (options?.cause !== undefined) this.cause = options.cause;
  }
}

/** A folder lies where a file should be written, or a file where a folder should be. */
export class InTheWay extends TsrsaError {
  readonly code = "IN_THE_WAY";
  constructor(
    readonly path: string,
    readonly found: "folder" | "file",
    options?: ErrorOptions,
  ) {
    super(
      found === "folder"
        ? `cannot write ${path}: a folder of that name is in the way; name a file`
        : `cannot write ${path}: a part of the path is a file and no folder; choose another path`,
    );
    if (options?.cause !== undefined) this.cause = options.cause;
  }
}

/** What the system's error means for who wanted to write `path`; any other error as it is. */
export function writeError(path: string, cause: unknown): unknown {
  switch (codeOf(cause)) {
    case "ENOSPC":
    case "EDQUOT":
      return new DiskFull(path, { cause });
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return new NotAllowed(path, "write", { cause });
    case "EISDIR":
      return new InTheWay(path, "folder", { cause });
    case "ENOTDIR":
    case "EEXIST":
      return new InTheWay(path, "file", { cause });
    default:
      return cause;
  }
}

function codeOf(error: unknown): unknown {
  const isSystemError = error instanceof Error && !(error instanceof TsrsaError);
  return isSystemError && "code" in error ? error.code : undefined;
}
