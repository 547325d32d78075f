/** What a channel measures, by MNE-Python's names; "other" is a kind this library has no name for. */
export type FifChannelType =
  | "mag"
  | "grad"
  | "ref_meg"
  | "eeg"
  | "csd"
  | "seeg"
  | "dbs"
  | "ecog"
  | "eog"
  | "emg"
  | "ecg"
  | "resp"
  | "bio"
  | "misc"
  | "stim"
  | "exci"
  | "syst"
  | "ias"
  | "gof"
  | "dipole"
  | "chpi"
  | "fnirs"
  | "temperature"
  | "gsr"
  | "eyetrack"
  | "other";

/** A channel as the file describes it. The codes are those of the FIF standard. */
export interface FifChannel {
  readonly name: string;
  readonly type: FifChannelType;
  /** Unit of the data: "T", "T/m", "V" …, or "" when none is known. */
  readonly unit: string;
  readonly kind: number;
  readonly unitCode: number;
  readonly unitMul: number;
  readonly coilType: number;
  /** 1 MEG device, 4 head, 0 unknown. */
  readonly coordFrame: number;
  /** Position in metres (first 3), then the coil's axes, or the reference electrode. */
  readonly loc: Float64Array;
  /** Data are the numbers in the file times this. */
  readonly cal: number;
  readonly range: number;
  readonly scanNumber: number;
  readonly logicalNumber: number;
}

/** A signal-space projection: vectors (`nVectors × nChannels`, C order) to be taken out of the data. */
export interface FifProjection {
  readonly name: string;
  /** 1 field (SSP), 10 average EEG reference. */
  readonly kind: number;
  /** True when the data have it applied already. */
  readonly active: boolean;
  readonly channels: readonly string[];
  readonly vectors: Float64Array;
  readonly nVectors: number;
  readonly explainedVariance: number | undefined;
}

/** A digitised point of the head, in metres. */
export interface FifDigPoint {
  readonly kind: number;
  readonly ident: number;
  readonly position: readonly [number, number, number];
}

/** What a file says of its recording. */
export interface FifInfo {
  readonly channels: readonly FifChannel[];
  /** Samples per second. */
  readonly sfreq: number;
  /** Filters that were applied, in Hz. */
  readonly highpass: number | undefined;
  readonly lowpass: number | undefined;
  readonly lineFreq: number | undefined;
  /** Seconds and microseconds since 1970 (UTC). */
  readonly measDate: readonly [seconds: number, microseconds: number] | undefined;
  readonly description: string | undefined;
  /** Names of bad channels. */
  readonly bads: readonly string[];
  readonly projections: readonly FifProjection[];
  /** 4 × 4, C order, from MEG device to head coordinates in metres. */
  readonly devHeadTrans: Float64Array | undefined;
  readonly digitization: readonly FifDigPoint[];
  /** Code of the EEG reference that was chosen (0 none, 1 on, 2 current source density). */
  readonly customReference: number;
}

/** One value of epochs metadata. */
export type FifCell = string | number | boolean | null;

/** A table with a row an epoch; the order of columns is the file's. */
export interface FifMetadata {
  readonly names: readonly string[];
  readonly columns: ReadonlyMap<string, readonly FifCell[]>;
  readonly nRows: number;
}

/** Everything about epochs but their data. */
export interface FifEpochsHeader {
  readonly info: FifInfo;
  /** Samples relative to the event; `times[i] = (firstSample + i) / info.sfreq`. */
  readonly firstSample: number;
  readonly lastSample: number;
  /** Seconds relative to the event. */
  readonly times: Float64Array;
  /** Three numbers an epoch: sample, previous trigger value, event id. */
  readonly events: Int32Array;
  /** Event ids by name. */
  readonly eventId: ReadonlyMap<string, number>;
  /** Index of each epoch among all events of the recording. */
  readonly selection: Int32Array;
  /** Why each event of the recording was dropped; empty for those kept. */
  readonly dropLog: readonly (readonly string[])[];
  readonly metadata: FifMetadata | undefined;
  /** Seconds. */
  readonly baseline: readonly [number, number] | undefined;
  /** Sampling rate before decimation. */
  readonly rawSfreq: number | undefined;
}

/** Epochs in physical units (T, T/m, V …). */
export interface FifEpochs extends FifEpochsHeader {
  /** `nEpochs × nChannels × nTimes`, C order. */
  readonly data: Float64Array;
  /** Imaginary parts of complex data, in the same order. */
  readonly imaginary: Float64Array | undefined;
  readonly shape: readonly [nEpochs: number, nChannels: number, nTimes: number];
}

/** An average over epochs, or its standard error, in physical units. */
export interface FifEvoked {
  readonly info: FifInfo;
  readonly comment: string;
  readonly kind: "average" | "standard_error" | "other";
  /** 100 average, 101 standard error … */
  readonly aspectKind: number;
  /** Number of epochs averaged. */
  readonly nave: number;
  readonly firstSample: number;
  readonly lastSample: number;
  /** Seconds. */
  readonly times: Float64Array;
  readonly baseline: readonly [number, number] | undefined;
  /** `nChannels × nTimes`, C order. */
  readonly data: Float64Array;
  readonly imaginary: Float64Array | undefined;
  readonly shape: readonly [nChannels: number, nTimes: number];
}

/** A covariance between channels. */
export interface FifCovariance {
  readonly names: readonly string[];
  readonly bads: readonly string[];
  readonly projections: readonly FifProjection[];
  /** `nChannels × nChannels`, C order; zero beside the diagonal when `isDiagonal`. */
  readonly data: Float64Array;
  readonly isDiagonal: boolean;
  /** Degrees of freedom; −1 when the file does not say. */
  readonly degreesOfFreedom: number;
  /** 1 noise, 2 sources … */
  readonly kind: number;
}
