import { newId } from '@patchbay/db';
import { runFlow } from '@patchbay/engine';
import { emptyFlow, type FlowDocument } from '@patchbay/flow';
import type * as z from 'zod';
import { type Ctx, requireScope } from '../context.ts';
import { failureResource } from '../runs/run-resource.ts';
import type { SentEvent } from '../runs/sent-event.ts';
import { makeTarget } from '../runs/target.ts';
import { ServiceError } from '../service-error.ts';
import { findCredential } from './credential-resource.ts';
import type { tryCredentialInput } from './input.ts';

type Input = { id: string } & z.output<typeof tryCredentialInput>;

/** Asks the model one sentence and streams its answer, as a flow of one step would. Nothing of it is kept. */
export async function tryCredential({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: Input;
}): Promise<(signal: AbortSignal) => AsyncGenerator<SentEvent, void>> {
  requireScope(ctx, 'manage');
  const { deps, workspaceId, locale } = ctx;
  const row = await findCredential(ctx, input.id);
  if (row.kind !== 'provider') throw new ServiceError('invalid_input', 'not_a_provider');
  const model = input.model === undefined ? row.name : `${row.name}/${input.model}`;
  const made = makeTarget(deps, { workspaceId, flowId: '', version: null, flow: oneQuestion(model) }, locale);
  if ('errors' in made) throw new ServiceError('invalid_input', 'flow_has_problems', { errors: made.errors });
  const { plan } = made.target;
  return async function* (signal) {
    const world = deps.host.world({ locale, workspace: workspaceId, manages: true });
    for await (const event of runFlow(plan, { prompt: input.prompt }, { world, runId: newId('run'), signal })) {
      if (event.type === 'output-chunk') yield event;
      if (event.type !== 'run-end') continue;
      const { error, ...end } = event;
      yield error === undefined ? end : { ...end, error: failureResource(error, locale) };
    }
  };
}

const field = (id: string) => ({ fields: [{ id, title: id, type: 'text' }] });

function oneQuestion(model: string): FlowDocument {
  return {
    ...emptyFlow('Question'),
    nodes: {
      ask: { type: 'input', config: field('prompt') },
      model: { type: 'model', config: { model } },
      answer: { type: 'output', config: field('text') },
    },
    edges: [
      { from: 'ask.prompt', to: 'model.prompt' },
      { from: 'model.text', to: 'answer.text' },
    ],
  };
}
