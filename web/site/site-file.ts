/** What a site says of itself, in its file `site.json`. */
export interface SiteFile {
  readonly title: string;
  /** Version of this package. */
  readonly version: string;
  readonly notebooks: readonly {
    readonly name: string;
    readonly title: string;
    readonly bytes: number;
  }[];
  /** What cells may import, and what they may not, with the reason. */
  readonly modules: Readonly<Record<string, string>>;
  readonly absent: Readonly<Record<string, string>>;
}
