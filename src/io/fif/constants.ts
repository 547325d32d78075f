/** Tag kinds of the FIF format that this library reads or writes. */
export const tagKind = {
  fileId: 100,
  directoryPointer: 101,
  blockId: 103,
  blockStart: 104,
  blockEnd: 105,
  freeList: 106,
  nop: 108,
  parentBlockId: 110,
  refRole: 115,
  refFileId: 116,
  refFileNumber: 117,
  refFileName: 118,
  channelCount: 200,
  samplingRate: 201,
  channelInfo: 203,
  measurementDate: 204,
  comment: 206,
  description: 206,
  averages: 207,
  firstSample: 208,
  lastSample: 209,
  aspectKind: 210,
  digPoint: 213,
  lowpass: 219,
  coordinateTransform: 222,
  highpass: 223,
  sampleCount: 228,
  firstTime: 229,
  name: 233,
  lineFrequency: 235,
  channelScanNumber: 250,
  channelLogicalNumber: 251,
  channelKind: 252,
  channelRange: 253,
  channelCal: 254,
  channelLoc: 255,
  channelUnit: 256,
  channelUnitMul: 257,
  channelName: 258,
  channelCoilType: 350,
  channelCoordFrame: 351,
  dataBuffer: 300,
  epoch: 302,
  oldBaselineMin: 304,
  oldBaselineMax: 305,
  projectionKind: 3411,
  projectionTime: 3412,
  projectionVectorCount: 3414,
  projectionVectors: 3415,
  projectionChannelNames: 3417,
  rowNames: 3502,
  coordFrame: 3506,
  channelNameList: 3507,
  covarianceKind: 3530,
  covarianceDim: 3531,
  covariance: 3532,
  covarianceDiagonal: 3533,
  covarianceDegreesOfFreedom: 3536,
  projectionActive: 3560,
  eventList: 3561,
  customReference: 3567,
  baselineMin: 3568,
  baselineMax: 3569,
  explainedVariance: 3605,
  epochsSelection: 3800,
  epochsDropLog: 3801,
  epochsRawSamplingRate: 3803,
} as const;

/** Block ids of the FIF format that this library reads or writes. */
export const blockKind = {
  measurement: 100,
  measurementInfo: 101,
  processedData: 103,
  evoked: 104,
  aspect: 105,
  isotrak: 107,
  hpiResult: 109,
  channelInfo: 113,
  reference: 118,
  shieldedAspect: 120,
  oldEpochs: 122,
  projections: 313,
  projectionItem: 314,
  covariance: 355,
  badChannels: 359,
  events: 361,
  epochs: 373,
  metadata: 3811,
} as const;

/** Element types of tags. */
export const elementType = {
  void: 0,
  byte: 1,
  int16: 2,
  int32: 3,
  float32: 4,
  float64: 5,
  julian: 6,
  uint16: 7,
  uint32: 8,
  string: 10,
  dau16: 16,
  complex64: 20,
  complex128: 21,
  oldPack: 23,
  channelInfo: 30,
  id: 31,
  directoryEntry: 32,
  digPoint: 33,
  coordinateTransform: 35,
} as const;

/** Added to the element type of a dense matrix. */
export const denseMatrix = 0x40000000;

/** What a tag holds, for messages: `samplingRate (tag 201)`. */
export function describeTag(kind: number): string {
  const found = Object.entries(tagKind).find(([, known]) => known === kind);
  return found === undefined ? `tag ${kind}` : `${found[0]} (tag ${kind})`;
}

/** What a block holds, for messages: `epochs (block 373)`. */
export function describeBlock(id: number): string {
  const found = Object.entries(blockKind).find(([, known]) => known === id);
  return found === undefined ? `block ${id}` : `${found[0]} (block ${id})`;
}
