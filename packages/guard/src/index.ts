export { type BiasFinding, findBias, replaceBias } from './content/bias.ts';
export { findWords, starWords, type WordHit } from './content/word-list.ts';
export { findPersonalData } from './find.ts';
export { type Kind, kinds, type Span } from './kinds.ts';
export {
  createMasker,
  type Masker,
  type MaskOptions,
  maskAtOnce,
  maskInTurns,
  maskText,
  mayHidePersonalData,
  type Secrets,
} from './mask.ts';
export { createRestorer, type Restorer, restoreText } from './restore.ts';
