/** A notebook whose exercises cannot be cut into versions. */
export class CutFault extends Error {
  override readonly name = "CutFault";
  /** `cell` is the position of the cell. */
  constructor(
    readonly cell: number,
    readonly fault: string,
  ) {
    super(`cell ${cell + 1} ${fault}`);
  }
}
