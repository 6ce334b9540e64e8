import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findPersonalData } from './find.ts';
import type { Kind } from './kinds.ts';

const found = (text: string): [Kind, string][] => findPersonalData(text).map(({ kind, start, end }) => [kind, text.slice(start, end)]);

const european = [
  '81882916-H',
  '97873829C',
  'Y8126603G',
  'BFBPNN89R05F583F',
  '189093002614314',
  '2 89 02 45 043 253 88',
  '61112000376',
  '75.01.19-010.32',
  '19850112-7321',
  '820628-6448',
  '251184-2668',
  '131052-308T',
];

const finds: Record<Kind, string[]> = {
  email: [
    'ada@example.com',
    'a.b+tag@mail.example.co.uk',
    '12345678@qq.com',
    '13812345678@163.com',
    'josé@example.org',
    '_x_@example.io',
    'li@xn--fiqs8s.xn--fiqs8s',
  ],
  phone: [
    '+14155552671',
    '+1 (415) 555-2671',
    '+44 20 7946 0958',
    '+86 138 1234 5678',
    '+49 (0)30 123456',
    '13812345678',
    '138-1234-5678',
    '138 1234 5678',
    '8613812345678',
    '86 13812345678',
    '(415) 555-2671',
    '(415)555-2671',
    '415-555-2671',
    '415.555.2671',
    '1-415-555-2671',
    '010-62345678',
    '(010)62345678',
    '0755 2345 6789',
    '020 7946 0958',
    '0161 496 0000',
    '06 12 34 56 78',
    '0176 12345678',
  ],
  card: [
    '4111111111111111',
    '4111 1111 1111 1111',
    '5500-0000-0000-0004',
    '378282246310005',
    '3782 822463 10005',
    '6011111111111117',
    '30569309025904',
    '6200000000000005',
  ],
  id: ['11010519491231002X', '11010519491231002x', '440524188001010014', '536-22-8726', ...european],
  iban: [
    'DE89370400440532013000',
    'DE89 3704 0044 0532 0130 00',
    'GB29 NWBK 6016 1331 9268 19',
    'FR1420041010050500013M02606',
    'NO93 8601 1117 947',
  ],
  ip: [
    '192.168.0.1',
    '8.8.8.8',
    '93.184.216.34',
    '2001:db8::1',
    '2001:db8::7',
    'fe80::1ff:fe23:4567:890a',
    '2001:0db8:85a3:0000:0000:8a2e:0370:7334',
    '::ffff:192.0.2.1',
  ],
  key: [
    `sk-${'a1'.repeat(24)}`,
    `sk-proj-${'a1_-'.repeat(40)}`,
    'ghp_16C7e42F292c6912E7710c838347Ae178B4a',
    'AKIAIOSFODNN7EXAMPLE',
    'AIzaSyDaGmWKa4JsXZ-HjGw7ISLn_3namBGewQe',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U',
  ],
};

describe.each(Object.entries(finds) as [Kind, string[]][])('finds %s', (kind, samples) => {
  test.each(samples)('%s', (sample) => {
    for (const text of [
      sample,
      `See ${sample}.`,
      `（${sample}）`,
      `联系${sample}，谢谢`,
      `x: ${sample}, y`,
      `"${sample}"`,
      `a\n${sample}\nb`,
    ]) {
      expect(found(text), text).toEqual([[kind, sample]]);
    }
  });
});

const leaves = [
  'Order 4111111111111112 of 2024-01-02 10:30:45',
  'on 01.02.2024, 3/4/2026 and 2024/12/31',
  'version 1.2.3, v10.15.7 and build 1.2.3.4.5',
  'ORD-2024-000123 and SKU 8812-3341-99',
  'ISBN 978-3-16-148410-0',
  'about 1 000 000 people, 12,345.67 EUR, 50 %, 3.14159',
  'order 20240102123456, tracking 1Z999AA10123456784',
  'std::vector<face::add> and 10:30 or 16:9',
  'me@home, @handle, user@localhost, a@b.c',
  'sk-learn-is-a-great-library-for-everyone',
  'DE89370400440532013001 has a wrong check',
  '110105194912310021 has a wrong check',
  '000-12-3456, 666-12-3456, 987-65-4321',
  '300.1.2.3 and 256.256.256.256',
  '127.0.0.1, ::1, 0.0.0.0 and 255.255.255.0',
  'reference 2026 0114 0002 3388, numbers 03 09 14 22 27 33 08',
  'service 400-820-8820, photo@2x.png',
  '81882916-K, Y8126603A, BFBPNN89R05F583A, 189093002614315, 75.01.19-010.33, 820628-6449, 251184-2669',
  'the numbers 54356179025, 856142438, 72061663739 and 229411240 alone',
  'BSN 856142439, PESEL 72061663738, Steuer-ID 54356179026, NIF 229411241',
  '00:1B:44:11:3A:B7',
  '第138123条，共1234567890件，编号20230101',
  'call 555-1234 extension 12',
  'uuid 123e4567-e89b-12d3-a456-426614174000',
  'commit 8d3f1c2a9b7e4d5f6a7b8c9d0e1f2a3b4c5d6e7f',
];
test.each(leaves)('leaves alone: %s', (text) => expect(found(text)).toEqual([]));

test.each([
  ['BSN', '856142438'],
  ['burgerservicenummer is', '275315113'],
  ['PESEL:', '72061663739'],
  ['Steuer-ID', '81 768 035 420'],
  ['my German tax ID:', '54356179025'],
  ['IdNr.', '27 845 999 319'],
  ['NIF', '261 173 197'],
  ['O meu NIF é', '161520227'],
  ['PPS number', '1234567FA'],
  ['OIB', '33392005961'],
  ['EGN', '7523169263'],
  ['CNP', '1800101221144'],
  ['rodné číslo', '736028/5163'],
  ['personnummer', '198501127321'],
])('after the word %s finds %s', (word, number) => {
  for (const text of [`${word} ${number}`, `x ${word}：${number}，y`, `${word.toUpperCase()} (${number})`])
    expect(found(text), text).toEqual([['id', number]]);
  expect(found(`${word} ${'and so on '.repeat(8)} ${number}`).filter(([kind]) => kind === 'id' && /^\d+$/.test(number))).toEqual([]);
});

test('tells several apart, in order', () => {
  expect(found('Ada <ada@example.com>, +14155552671, card 4111 1111 1111 1111; 192.168.0.1')).toEqual([
    ['email', 'ada@example.com'],
    ['phone', '+14155552671'],
    ['card', '4111 1111 1111 1111'],
    ['ip', '192.168.0.1'],
  ]);
});

test('looks only for the kinds asked for', () => {
  expect(findPersonalData('ada@example.com 192.168.0.1', ['ip']).map(({ kind }) => kind)).toEqual(['ip']);
});

test('spans are in order, inside the text, and do not meet', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
      let last = 0;
      for (const { start, end } of findPersonalData(text)) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(text.length);
        last = end;
      }
    }),
  );
});

// Quadratic work on them would take minutes, so these hold by ending at all.
test.each(['a', '1', 'a.', '1-', '1 ', '+', '(', ':', 'a:', '@', 'a@', 'a@b.', 'eyJa', 'sk-', 'DE89', '_'])(
  'half a million characters of %j is read in one pass',
  (unit) => {
    expect(findPersonalData(unit.repeat(Math.ceil(500_000 / unit.length)))).toBeDefined();
  },
  120_000,
);
