export { findPersonalData } from './find.ts';
export { type Kind, kinds, type Span } from './kinds.ts';
export { createMasker, type Masker, type MaskOptions, maskText } from './mask.ts';
