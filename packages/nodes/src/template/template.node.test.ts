import type { Json } from '@patchbay/node-kit';
import { portsOf } from '@patchbay/node-kit';
import { runNode } from '@patchbay/node-kit/testing';
import { expect, test } from 'vitest';
import { templateNode } from './template.node.ts';

const run = async (template: string, inputs: Record<string, Json>) =>
  (await runNode(templateNode, { config: { values: Object.keys(inputs).map((id) => ({ id })), template }, inputs })).outputs['text'];

test('writes what loops and conditions make of the values', async () => {
  expect(
    await run('{% for p in people %}{{ p.name }}{% unless forloop.last %}, {% endunless %}{% endfor %}', {
      people: [{ name: 'Ada' }, { name: 'Al' }],
    }),
  ).toBe('Ada, Al');
  expect(await run('{{ a | default: "none" }}', { a: null })).toBe('none');
});

test('the braces of Liquid are no chips: only the values are ports', () => {
  const config = {
    values: [{ id: 'items', title: 'Items', optional: true }],
    template: '{% for item in items %}{{item.name}}{% endfor %}',
  };
  expect(portsOf(templateNode, { type: 'template', config }).inputs).toMatchObject([{ id: 'items', title: 'Items', required: false }]);
});

test('a failure says its line', async () => {
  await expect(run('a\n{{ n | divided_by: 0 | nosuch }}', { n: 1 })).rejects.toMatchObject({ reason: 'bad_liquid', params: { line: 2 } });
});
