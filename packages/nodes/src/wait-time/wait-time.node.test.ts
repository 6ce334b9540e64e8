import { Parked, type WaitRequest } from '@patchbay/node-kit';
import { runNode } from '@patchbay/node-kit/testing';
import { expect, test } from 'vitest';
import { waitTimeNode } from './wait-time.node.ts';

test('asks for the time in its unit, and lets the run be put aside', async () => {
  const asked: WaitRequest[] = [];
  const now = () => 1_000;
  const wait = (request: WaitRequest) => {
    asked.push(request);
    return Promise.reject(new Parked());
  };
  for (const [amount, unit] of [
    [2, 'seconds'],
    [3, 'minutes'],
    [0.5, 'hours'],
    [1, 'days'],
  ] as const) {
    await expect(runNode(waitTimeNode, { config: { amount, unit }, inputs: { value: 1 }, ctx: { now, wait } })).rejects.toBeInstanceOf(
      Parked,
    );
  }
  expect(asked.map((request) => request.until)).toEqual([3_000, 181_000, 1_801_000, 86_401_000]);
});

test('hands its value on, whatever it is, when the time has come', async () => {
  for (const value of ['text', 0, { a: [1] }]) {
    const { outputs } = await runNode(waitTimeNode, { inputs: { value }, ctx: { wait: async () => ({ kind: 'time' }) } });
    expect(outputs).toEqual({ value });
  }
});

test('a flow with it runs durably', () => {
  expect(waitTimeNode.waits).toBe(true);
  expect(waitTimeNode.essence({ amount: 2, unit: 'days' }, 'en')).toBe('2 days');
  expect(waitTimeNode.essence({ amount: 2, unit: 'days' }, 'zh-Hans')).toBe('2 天');
});
