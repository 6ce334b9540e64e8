import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPurse, type Purse, reserve, type Settle } from './purse.ts';

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const purseOf = (limitUsd: number, name: Purse['name'] = 'run'): Purse =>
  createPurse({ name, period: name === 'run' ? 'run' : 'day', limitUsd });

test('what fits is set aside at once, and settled by what it cost', () => {
  const purse = purseOf(1);
  const done = reserve([purse], 0.6) as Settle;
  expect(typeof done).toBe('function');
  expect(purse.spentUsd()).toBe(0);
  done(0.25);
  done(0.25);
  expect(purse.spentUsd()).toBe(0.25);
  (reserve([purse], 0.75) as Settle)(0);
});

test('what would fit if others cost less waits for them', async () => {
  const purse = purseOf(1);
  const first = reserve([purse], 0.7) as Settle;
  const second = reserve([purse], 0.7) as Promise<Settle>;
  let entered = false;
  void second.then(() => {
    entered = true;
  });
  await settle();
  expect(entered).toBe(false);
  first(0.1);
  (await second)(0.2);
  expect(purse.spentUsd()).toBeCloseTo(0.3);
});

test('what cannot fit any more is refused, and says which budget and how much', async () => {
  const purse = purseOf(1, 'workspace');
  (reserve([purse], 0.5) as Settle)(0.9);
  await expect(reserve([purse], 0.2)).rejects.toMatchObject({
    errorClass: 'budget_exceeded',
    reason: 'workspace_day_budget',
    params: { limit: '$1.00', spent: '$0.90', most: '$0.20' },
  });
});

test('one call that may cost more than the whole budget is told so', async () => {
  await expect(reserve([purseOf(0.001)], 0.04)).rejects.toMatchObject({
    reason: 'run_budget_small',
    params: { limit: '$0.001', most: '$0.04' },
  });
});

test('all purses or none: what one refuses is not set aside in the other', async () => {
  const run = purseOf(10);
  const key = purseOf(0.1, 'key');
  await expect(reserve([run, key], 0.2)).rejects.toMatchObject({ reason: 'key_day_budget_small' });
  expect(typeof reserve([run], 10)).toBe('function');
});

test('who waits and is stopped is out', async () => {
  const purse = purseOf(1);
  const first = reserve([purse], 0.9) as Settle;
  const stopping = new AbortController();
  const waiting = reserve([purse], 0.5, stopping.signal);
  stopping.abort();
  await expect(waiting).rejects.toMatchObject({ errorClass: 'cancelled' });
  first(0);
  (reserve([purse], 1) as Settle)(1);
});

test('a waiting call learns when the money is gone for good', async () => {
  const purse = purseOf(1);
  const first = reserve([purse], 0.9) as Settle;
  const waiting = reserve([purse], 0.5);
  first(0.9);
  await expect(waiting).rejects.toMatchObject({ reason: 'run_budget' });
});

test('an account kept elsewhere decides what is spent', async () => {
  let today = 0.9;
  const account = {
    spentUsd: () => today,
    spend: (usd: number) => {
      today += usd;
    },
  };
  const purse = createPurse({ name: 'key', period: 'day', limitUsd: 1, account });
  await expect(reserve([purse], 0.2)).rejects.toMatchObject({ reason: 'key_day_budget' });
  today = 0;
  (reserve([purse], 0.2) as Settle)(0.15);
  expect(today).toBe(0.15);
});

interface Call {
  most: number;
  /** Part of the most that it really costs; over 1 where the estimate was too low. */
  part: number;
}

test('however many calls run at once, a budget is overspent by no more than calls cost beyond what was expected', async () => {
  const call: fc.Arbitrary<Call> = fc.record({ most: fc.integer({ min: 1, max: 40 }), part: fc.constantFrom(0, 0.1, 0.5, 1, 1, 1.5) });
  await fc.assert(
    fc.asyncProperty(
      fc.array(call, { minLength: 1, maxLength: 100 }),
      fc.integer({ min: 1, max: 200 }),
      fc.infiniteStream(fc.nat(7)),
      async (calls, limit, turns) => {
        const run = purseOf(limit);
        const workspace = purseOf(limit * 2, 'workspace');
        let beyond = 0;
        let refused = 0;
        await Promise.all(
          calls.map(async ({ most, part }) => {
            try {
              const done = await reserve([run, workspace], most);
              const turn = turns.next().value ?? 0;
              for (let wait = 0; wait < turn; wait += 1) await settle();
              beyond += Math.max(0, most * part - most);
              done(most * part);
            } catch (error) {
              expect(error).toMatchObject({ errorClass: 'budget_exceeded' });
              refused += 1;
            }
          }),
        );
        expect(run.spentUsd()).toBeLessThanOrEqual(limit + beyond + 1e-6);
        // Nothing stays set aside: what is left can be used to the end.
        if (run.spentUsd() < limit) (reserve([run], limit - run.spentUsd()) as Settle)(0);
        // Nobody is refused while all of it would have fitted.
        if (calls.reduce((sum, { most, part }) => sum + Math.max(most, most * part), 0) <= limit) expect(refused).toBe(0);
      },
    ),
    { numRuns: 200 },
  );
});
