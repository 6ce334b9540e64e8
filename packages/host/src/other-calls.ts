import { type CallContext, type Capability, type ChatResult, capabilities, ModelError } from '@patchbay/models';
import type { Models } from '@patchbay/node-kit';
import { sizeOf } from './call-size.ts';
import type { Calls } from './calls-of-step.ts';
import type { Registry } from './registry.ts';

type Answer = Pick<ChatResult, 'usage' | 'model' | 'simulated'>;
type Method = (request: { model: string }, call: CallContext) => Promise<Answer>;

/** What is not chat, chosen by name, held within the same limits and recorded like it. */
export function otherCalls(registry: Registry, calls: Calls): Pick<Models, Capability> {
  const asker = (what: Capability) => async (request: { model: string }) => {
    const choice = await registry.choose(request.model, what);
    const { provider } = choice.route;
    const method = provider[what]?.bind(provider) as Method | undefined;
    if (method === undefined) throw new ModelError('invalid_input', `no_${what}`, { provider: provider.id });
    const size = sizeOf(what, request as Parameters<typeof sizeOf<typeof what>>[1]);
    return calls.ask(choice, size, (call) => method({ ...request, model: choice.model }, call));
  };
  return Object.fromEntries(capabilities.map((what) => [what, asker(what)]));
}
