import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Ctx, localOwner } from './context.ts';
import { createFlow } from './flows/create-flow.ts';
import { publishFlow } from './flows/publish-flow.ts';
import { openServices, type Services, type ServicesOptions } from './open-services.ts';

/** A flow that answers its input; `model` puts a model step in between. */
export function greeting(model?: string): string {
  const asks = model !== undefined;
  return JSON.stringify({
    format: 'patchbay/flow',
    version: 1,
    name: 'Greeting',
    nodes: {
      in: { type: 'input', config: { fields: [{ id: 'name', title: 'Name', type: 'text' }] } },
      say: { type: 'prompt', config: { template: 'Hello {{name}}!' } },
      ...(asks ? { ask: { type: 'model', config: { model } } } : {}),
      out: { type: 'output', config: { fields: [{ id: 'greeting', title: 'Greeting', type: 'text' }] } },
    },
    edges: [
      { from: 'in.name', to: 'say.name' },
      ...(asks
        ? [
            { from: 'say.text', to: 'ask.prompt' },
            { from: 'ask.text', to: 'out.greeting' },
          ]
        : [{ from: 'say.text', to: 'out.greeting' }]),
    ],
    layout: {},
  });
}

export interface Fixture {
  services: Services;
  ctx: Ctx;
  dataFolder: string;
  /** Opens the same store once more, as another process would. */
  again(): Promise<Services>;
  publish(text: string, slug: string): Promise<string>;
}

export async function fixture(environment: ServicesOptions['environment'] = {}, options: Partial<ServicesOptions> = {}): Promise<Fixture> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'patchbay-services-'));
  onTestFinished(() => rmSync(dataFolder, { recursive: true, force: true }));
  const open = async () => {
    const services = await openServices({
      dataFolder,
      environment: { PATCHBAY_DEMO_DELAY_MS: '0', ...environment },
      version: 'test',
      ...options,
    });
    onTestFinished(() => services.close());
    return services;
  };
  const services = await open();
  const ctx = localOwner(services.deps, 'en');
  return {
    services,
    ctx,
    dataFolder,
    again: open,
    async publish(text, slug) {
      const { id } = await createFlow({ ctx, input: { text } });
      await publishFlow({ ctx, input: { id, slug } });
      return id;
    },
  };
}
