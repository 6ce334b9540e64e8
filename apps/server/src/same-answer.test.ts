import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { runProgram } from './cli/program.ts';
import { startTestServer } from './test-server.ts';

const file = fileURLToPath(new URL('../../../packages/templates/flows/support/support.json', import.meta.url));
const inputs = { text: 'Where is my refund?' };

test('a flow file gives the same outputs from the command line and as a published endpoint', async () => {
  let printed = '';
  const status = await runProgram(['run', file, '--inputs', JSON.stringify(inputs)], {
    out: (text) => {
      printed += text;
    },
    error: () => {},
    environment: { PATCHBAY_DEMO_DELAY_MS: '0' },
    workingFolder: process.cwd(),
  });
  expect(status).toBe(0);

  const server = await startTestServer({ PATCHBAY_DEMO_DELAY_MS: '0' });
  await server.publish(JSON.parse(readFileSync(file, 'utf8')), 'support');
  const key = await server.makeKey(['run']);
  const answer = await server.send('POST', '/v1/flows/support/runs', { inputs }, { authorization: `Bearer ${key}` });
  expect(answer.status).toBe(200);
  const { outputs } = (await answer.json()) as { outputs: Record<string, string> };
  expect(outputs).toEqual(JSON.parse(printed));
  expect(Object.keys(outputs).sort()).toEqual(['reply', 'topic']);
  expect(outputs['reply']).toMatch(/refund/);
});
