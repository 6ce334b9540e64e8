export type * from './resources.ts';
export { keyScopes } from './resources.ts';
