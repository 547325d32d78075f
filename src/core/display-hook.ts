/** Output by MIME type, as Jupyter has it. `image/png` is base64 text. */
export type MimeBundle = Readonly<Record<string, unknown>>;

/** Values that a picture in the page shares with code: either side may change them, and the other is told. */
export interface HookWidget {
  set(changes: Readonly<Record<string, unknown>>): void;
  onChange(name: string, handler: (value: unknown) => unknown): () => void;
  _repr_mimebundle_(): MimeBundle;
}

/** What a running kernel sets at `globalThis[Symbol.for("Jupyter.hook")]` so that libraries can show output. */
export interface DisplayHook {
  display(bundle: MimeBundle, options?: { displayId?: string; update?: boolean }): void;
  /** Output that comes later: the cell waits for it, also where nobody else does. */
  readonly later?: (work: Promise<void>) => void;
  /** MIME types beyond the usual that the one who runs the cells asks for. */
  readonly wants?: readonly string[];
  /** MIME types that are not wanted beside others, since whoever needs them makes them. */
  readonly leaves?: readonly string[];
  /** Draws an SVG as a PNG, where a library cannot by itself. */
  readonly drawSvg?: (svg: string, scale: number) => Promise<Uint8Array>;
  /** Makes a widget whose view is a module of JavaScript, where there are any. */
  readonly widget?: (options: {
    readonly esm: string;
    readonly css?: string;
    readonly state: Readonly<Record<string, unknown>>;
  }) => HookWidget;
}
