import '../i18n/words/home.ts';
import { emptyFlow, printFlow } from '@patchbay/flow';
import { beforeAll, expect, test } from 'vitest';
import { startI18n } from '../i18n/index.ts';
import { readFlowFile } from './read-flow-file.ts';

beforeAll(startI18n);

const fileOf = (text: string) => new File([text], 'flow.json', { type: 'application/json' });

test('a flow that was saved to a file comes back as it was', async () => {
  const flow = emptyFlow('Mails');
  expect(await readFlowFile(fileOf(printFlow(flow)))).toEqual({ flow });
});

test('what is no flow is refused with a sentence and its place', async () => {
  const { reason } = (await readFlowFile(fileOf('{ "format": "patchbay/flow", '))) as { reason: string };
  expect(reason).toMatch(/line 1/);
});

test('a file past the limit is refused before it is read', async () => {
  const huge = Object.defineProperty(fileOf('{}'), 'size', { value: 11_000_000 });
  expect(await readFlowFile(huge)).toEqual({ reason: 'it is larger than 10 MB' });
});
