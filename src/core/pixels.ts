/** Pixels of an image, 8 bits each: rows top to bottom, C order height × width × channels. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** 1: grey, 3: red, green, blue, 4: with alpha. */
  readonly channels: 1 | 3 | 4;
  readonly data: Uint8Array;
}

/** What an image decoder is told. */
export interface DecodeOptions {
  /** For messages. */
  readonly name: string;
  /** Refuse an image that claims more pixels than this, before they are allocated. */
  readonly maxPixels: number;
  /** Takes memory for so many bytes before they are allocated; throws when it is too much. */
  readonly take?: (bytes: number, field: string) => void;
}
