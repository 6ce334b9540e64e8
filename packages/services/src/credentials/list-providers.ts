import { addressOfProvider } from '@patchbay/host';
import { type Ctx, requireScope } from '../context.ts';
import type { ProviderList } from '../resources.ts';
import { providerCards } from './providers.ts';

/** The providers that a connection can be made to, with what their keys look like. */
export async function listProviders({ ctx }: { ctx: Ctx }): Promise<ProviderList> {
  requireScope(ctx, 'manage');
  return {
    providers: providerCards.map(({ title, keyPrefixes, keyForm = 'line', fields = [], ...card }) => ({
      ...card,
      keyForm,
      fields: fields.map((field) => ({ ...field, title: field.title[ctx.locale], help: field.help[ctx.locale] })),
      title: title[ctx.locale],
      keyPrefixes: [...keyPrefixes],
      baseUrl: addressOfProvider(card.id) ?? null,
    })),
  };
}
