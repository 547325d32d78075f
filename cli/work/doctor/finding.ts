/** One thing that was looked at. */
export interface Finding {
  readonly name: string;
  /** `ok`: works; `note`: works without it; `problem`: something will fail. */
  readonly state: "ok" | "note" | "problem";
  readonly found: string;
  /** What to do; absent where all is well. */
  readonly advice?: string;
}
