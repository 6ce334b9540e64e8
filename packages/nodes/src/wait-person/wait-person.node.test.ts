import { Parked, portsOf, type WaitRequest } from '@patchbay/node-kit';
import { runNode } from '@patchbay/node-kit/testing';
import { expect, test } from 'vitest';
import { waitPersonNode } from './wait-person.node.ts';

const fields = [
  { id: 'approved', title: 'Approved', type: 'boolean' },
  { id: 'why', title: '', type: 'text', required: false },
  { id: 'tone', title: 'Tone', type: 'choice', options: ['kind', 'brief'] },
];
const config = { message: 'Send it? {{draft}}', fields, hours: 2 };

test('asks with the values filled in, the form and the longest wait', async () => {
  const asked: WaitRequest[] = [];
  const wait = (request: WaitRequest) => {
    asked.push(request);
    return Promise.reject(new Parked());
  };
  const ctx = { now: () => 1_000, wait };
  await expect(runNode(waitPersonNode, { config, inputs: { draft: 'Hi' }, ctx })).rejects.toBeInstanceOf(Parked);
  await expect(runNode(waitPersonNode, { config: { ...config, hours: 0 }, inputs: { draft: 'Hi' }, ctx })).rejects.toBeInstanceOf(Parked);
  expect(asked[0]).toEqual({
    kind: 'person',
    message: 'Send it? Hi',
    fields: [
      { id: 'approved', title: 'Approved', type: 'boolean', required: true, options: [] },
      { id: 'why', title: 'why', type: 'text', required: false, options: [] },
      { id: 'tone', title: 'Tone', type: 'choice', required: true, options: ['kind', 'brief'] },
    ],
    until: 7_201_000,
  });
  expect(asked[1]?.until).toBeNull();
});

test('each field of the form is an output; who answers too late opens the way for that', async () => {
  const values = { approved: false, why: null, tone: 'kind' };
  const answered = await runNode(waitPersonNode, {
    config,
    inputs: { draft: '' },
    ctx: { wait: async () => ({ kind: 'answered', values }) },
  });
  expect(answered.outputs).toEqual(values);
  const late = await runNode(waitPersonNode, { config, inputs: { draft: '' }, ctx: { wait: async () => ({ kind: 'late' }) } });
  expect(late.outputs).toEqual({ late: true });
  const { outputs } = portsOf(waitPersonNode, { type: 'wait_person', config });
  expect(outputs.map(({ id, type }) => [id, type])).toEqual([
    ['approved', 'boolean'],
    ['why', 'text'],
    ['tone', 'choice'],
    ['late', 'boolean'],
  ]);
});

test('a field may not take the name of an output the step keeps for itself', () => {
  for (const id of ['late', 'error']) {
    const { issues } = portsOf(waitPersonNode, { type: 'wait_person', config: { fields: [{ id, title: '', type: 'text' }] } });
    expect(issues.length).toBeGreaterThan(0);
  }
});
