import { slugPattern } from '@patchbay/flow';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { slugOf } from './slug.ts';

test.each([
  ['Support triage', 'support-triage'],
  ['  Ünïcödé & more!! ', 'unicode-more'],
  ['客服邮件', 'flow'],
  ['客服 mail 2', 'mail-2'],
  ['---', 'flow'],
  ['a'.repeat(200), 'a'.repeat(48)],
])('%s becomes %s', (name, slug) => expect(slugOf(name)).toBe(slug));

test('any name becomes an address', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (name) => slugPattern.test(slugOf(name))));
});
