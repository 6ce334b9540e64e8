export * from './document.ts';
export type { Json } from './json.ts';
export { jsonSchema } from './json.ts';
export * from './problem.ts';
