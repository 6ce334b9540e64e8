import type { Price } from '@patchbay/models';
import { EnvironmentError } from './environment-error.ts';

const entry = /^([^/=,\s]+\/[^=,\s]+)=(\d{1,6}(?:\.\d{1,6})?)\/(\d{1,6}(?:\.\d{1,6})?)$/;

/**
 * Prices that who runs this program names: `PATCHBAY_PRICES=openai/my-model=0.5/1.5,…`, US dollars per million tokens of
 * input and of output. They come before the pinned table. Throws EnvironmentError for what cannot be read.
 */
export function pricesFromEnvironment(env: Readonly<Record<string, string | undefined>>): ReadonlyMap<string, Price> {
  const entries = (env['PATCHBAY_PRICES'] ?? '').split(',').filter((text) => text.trim() !== '');
  return new Map(
    entries.map((text) => {
      const [, model = '', input, output] = entry.exec(text.trim()) ?? refuse(text);
      return [model, { inputPerMillion: Number(input), outputPerMillion: Number(output) }];
    }),
  );
}

function refuse(text: string): never {
  throw new EnvironmentError(
    `PATCHBAY_PRICES has “${text.trim().slice(0, 100)}”, but it is a list of provider/model=INPUT/OUTPUT in US dollars per million tokens, such as openai/gpt-4.1-mini=0.4/1.6, separated by commas.`,
  );
}
