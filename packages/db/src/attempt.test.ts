import { expect, test } from 'vitest';
import { attempt } from './attempt.ts';

const busy = () => Object.assign(new Error('locked'), { code: 'SQLITE_BUSY' });

test('a lock is waited for without holding up the event loop', async () => {
  let tries = 0;
  let turns = 0;
  const counting = setInterval(() => {
    turns += 1;
  }, 1);
  const result = await attempt(() => {
    tries += 1;
    if (turns < 20) throw busy();
    return 'done';
  });
  clearInterval(counting);
  expect(result).toBe('done');
  expect(tries).toBeGreaterThan(1);
});

test('a lock that stays is told as busy when the time is over, anything else at once', async () => {
  await expect(
    attempt(() => {
      throw busy();
    }, 30),
  ).rejects.toMatchObject({ name: 'StorageError', reason: 'busy' });
  let tries = 0;
  const broken = attempt(() => {
    tries += 1;
    throw new Error('other');
  });
  await expect(broken).rejects.toThrow('other');
  expect(tries).toBe(1);
});
