import type { Family } from './ai-sdk/family.ts';
import { createProvider } from './create-provider.ts';
import { type FamilyId, families } from './families.ts';
import { type Capability, capabilities } from './interface.ts';

/** What a provider supports, as its adapter has it; the tests of families run over the same rows. */
export interface FamilyReference {
  id: FamilyId;
  title: string;
  /** Media a message may hold. */
  takes: readonly ('image' | 'audio' | 'video' | 'file')[];
  /** What an answer may hold besides text. */
  gives: readonly 'image'[];
  does: readonly Capability[];
  /** The model taken for each of these where nobody named one. */
  usual: Partial<Record<Capability, string>>;
  lists: boolean;
  /** Who puts the requests into words. */
  wire: 'ours' | 'package' | 'both';
}

const onOurWire: Partial<Record<FamilyId, Pick<FamilyReference, 'takes' | 'wire'>>> = {
  openai: { takes: ['image', 'audio', 'file'], wire: 'both' },
  alibaba: { takes: ['image', 'audio', 'video'], wire: 'both' },
};

/** All families, in the order of their table; any server with OpenAI's wire comes last. */
export function describeFamilies(): FamilyReference[] {
  const known = Object.entries(families).map(([id, family]: [string, Family]): FamilyReference => {
    const place = id as keyof typeof families;
    const { title, takes, gives, listing } = family;
    return { id: place, title, takes, gives, ...able(place), lists: listing !== undefined, wire: 'package', ...onOurWire[place] };
  });
  const takes = ['image', 'audio', 'video', 'file'] as const;
  const other = { title: 'Any server with OpenAI’s wire', takes, gives: [], lists: true, wire: 'ours' as const };
  return [...known, { id: 'openai-compatible', ...other, ...able('openai-compatible') }];
}

function able(family: FamilyId): Pick<FamilyReference, 'does' | 'usual'> {
  const provider = createProvider({ family, id: family, baseUrl: 'http://localhost' });
  return { does: capabilities.filter((what) => provider[what] !== undefined), usual: provider.usual ?? {} };
}
