import type { LanguageModelV4Content, LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { ModelError } from '../errors.ts';
import type { ChatChunk } from '../interface.ts';
import { type Asked, resultOf, type Told } from './parts.ts';

type Metadata = Extract<LanguageModelV4StreamPart, { type: 'text-end' }>['providerMetadata'];
interface Block {
  type: 'text' | 'reasoning';
  text: string;
  providerMetadata?: NonNullable<Metadata>;
}

/** Blocks of text and thinking as they grow, in the order they began, among the parts that come whole. */
interface Growing {
  content: LanguageModelV4Content[];
  open: Map<string, Block>;
}

/**
 * Reads a package's stream. A stream that ends without the provider's own word on why it ended was cut off, whatever
 * the package makes of it. Leaving early cancels it, which closes the connection.
 */
export async function* readStream(stream: ReadableStream<LanguageModelV4StreamPart>, asked: Asked): AsyncGenerator<ChatChunk> {
  const growing: Growing = { content: [], open: new Map() };
  const reader = stream.getReader();
  let model: string | undefined;
  let end: Pick<Told, 'finish' | 'usage'> | undefined;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      const chunk = take(growing, value);
      if (chunk !== undefined) yield chunk;
      else if (value.type === 'error') throw value.error;
      else if (value.type === 'response-metadata') model ??= value.modelId;
      else if (value.type === 'finish') end = { finish: value.finishReason, usage: value.usage };
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  if (end === undefined || wasCut(end.finish)) {
    throw new ModelError('provider_unavailable', 'stream_cut', { provider: asked.context.provider, model: asked.context.model });
  }
  const { text: _, ...rest } = resultOf({ content: growing.content, model, ...end }, asked);
  yield { type: 'end', ...rest };
}

/** Packages tell it in two ways. */
const wasCut = ({ raw, unified }: Told['finish']): boolean => unified === 'interrupted' || (raw === undefined && unified === 'other');

/** Adds a part to what has grown; gives the chunk to hand out, where there is one. */
function take({ content, open }: Growing, part: LanguageModelV4StreamPart): ChatChunk | undefined {
  switch (part.type) {
    case 'text-start':
    case 'reasoning-start': {
      const block: Block = { type: part.type === 'text-start' ? 'text' : 'reasoning', text: '' };
      open.set(`${block.type} ${part.id}`, block);
      content.push(block);
      addMetadata(block, part);
      return undefined;
    }
    case 'text-delta':
    case 'reasoning-delta': {
      const type = part.type === 'text-delta' ? 'text' : 'reasoning';
      const block = open.get(`${type} ${part.id}`);
      if (block !== undefined) {
        block.text += part.delta;
        addMetadata(block, part);
      }
      return part.delta === '' ? undefined : { type, text: part.delta };
    }
    case 'text-end':
    case 'reasoning-end': {
      const block = open.get(`${part.type === 'text-end' ? 'text' : 'reasoning'} ${part.id}`);
      if (block !== undefined) addMetadata(block, part);
      return undefined;
    }
    case 'tool-call':
    case 'file':
      content.push(part);
      return undefined;
    default:
      return undefined;
  }
}

/** A signature of a block may come with any piece of it. */
function addMetadata(block: Block, { providerMetadata }: { providerMetadata?: Metadata }): void {
  if (providerMetadata === undefined) return;
  const known = block.providerMetadata ?? {};
  const added = Object.entries(providerMetadata).map(([provider, data]) => [provider, { ...known[provider], ...data }]);
  block.providerMetadata = { ...known, ...Object.fromEntries(added) };
}
