import { type AiSdkOptions, createAiSdkProvider } from './ai-sdk/provider.ts';
import { type FamilyId, families } from './families.ts';
import type { ModelProvider } from './interface.ts';
import { createOpenAiCompatible } from './openai-compatible/provider.ts';

export interface ProviderOptions extends AiSdkOptions {
  family: FamilyId;
}

/** The provider behind a connection, whatever its dialect. Nothing is loaded before its first call. */
export function createProvider({ family, ...options }: ProviderOptions): ModelProvider {
  return family === 'openai-compatible' ? createOpenAiCompatible(options) : createAiSdkProvider(families[family], options);
}
