export { openLocalModels } from './src/local-models.ts';
