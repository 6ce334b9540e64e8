import { type CallContext, type ChatChunk, type ChatRequest, capabilities, type ModelProvider } from '@patchbay/models';
import type { KeyRing } from './key-ring.ts';

/**
 * One provider over several keys: each call goes out with the key whose turn it is. Where its limit is reached or it is
 * refused, the next one is asked at once; a stream only before its first chunk.
 */
export function shareKeys(providers: readonly ModelProvider[], ring: KeyRing): ModelProvider {
  const [first] = providers;
  if (first === undefined) throw new Error('A provider has at least one key.');
  const pick = (tried: Set<number>): { place: number; provider: ModelProvider } => {
    const place = ring.take(tried);
    const provider = place === undefined ? undefined : providers[place];
    if (place === undefined || provider === undefined) throw ring.whyNone(first.id);
    tried.add(place);
    return { place, provider };
  };

  const ask = async <Result>(use: (provider: ModelProvider) => Promise<Result>): Promise<Result> => {
    const tried = new Set<number>();
    for (let { place, provider } = pick(tried); ; { place, provider } = pick(tried)) {
      try {
        const result = await use(provider);
        ring.worked(place);
        return result;
      } catch (error) {
        if (!ring.failed(place, error) || !ring.has(tried)) throw error;
      }
    }
  };

  async function* stream(request: ChatRequest, call: CallContext): AsyncGenerator<ChatChunk> {
    const tried = new Set<number>();
    for (let { place, provider } = pick(tried); ; { place, provider } = pick(tried)) {
      let begun = false;
      try {
        for await (const chunk of provider.stream(request, call)) {
          if (!begun) ring.worked(place);
          begun = true;
          yield chunk;
        }
        return;
      } catch (error) {
        if (!ring.failed(place, error) || begun || !ring.has(tried)) throw error;
      }
    }
  }

  const shared: ModelProvider = {
    id: first.id,
    defaultModel: first.defaultModel,
    usual: first.usual,
    generate: (request, call) => ask((provider) => provider.generate(request, call)),
    stream,
    listModels: (call) => ask((provider) => provider.listModels(call)),
  };
  const more = capabilities.filter((what) => first[what] !== undefined).map((what) => [what, sharedMethod(what, ask)]);
  return { ...shared, ...Object.fromEntries(more) };
}

type Ask = <Result>(use: (provider: ModelProvider) => Promise<Result>) => Promise<Result>;
type Method = (request: never, call: CallContext) => Promise<unknown>;

/** All providers of a ring are of one kind, so what the first can do the others can. */
const sharedMethod =
  (what: (typeof capabilities)[number], ask: Ask): Method =>
  (request, call) =>
    ask((provider) => (provider[what] as Method)(request, call));
