/** Numbers put aside on disk while a job runs; gone when it is closed. */
export interface Spool {
  /** Put bytes behind those before. */
  append(bytes: Uint8Array): Promise<void>;
  /** Exactly so many bytes from `offset`. */
  read(offset: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}
