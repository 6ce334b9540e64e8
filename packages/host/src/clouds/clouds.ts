import { azure } from './azure.ts';
import { bedrock } from './bedrock.ts';
import type { Cloud } from './cloud.ts';
import { vertex } from './vertex.ts';

const clouds = new Map<string, Cloud>(Object.entries({ azure, vertex, bedrock }));

/** The cloud of that name, where the provider is one. */
export const cloudOf = (provider: string): Cloud | undefined => clouds.get(provider);
