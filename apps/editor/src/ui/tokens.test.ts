// @vitest-environment node
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { contrast, hexToLinear, oklabDistance, simulate, visions } from './testing/colour.ts';

const source = readFileSync(fileURLToPath(new URL('./tokens.css', import.meta.url)), 'utf8');
const pairs = [...source.matchAll(/--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g)];
const themes = {
  light: new Map(pairs.map(([, name = '', light = '']) => [name, light])),
  dark: new Map(pairs.map(([, name = '', , dark = '']) => [name, dark])),
};
const types = ['type-text', 'type-value', 'type-data', 'type-media', 'type-chat', 'type-any'];
const inks = ['ink', 'ink2', 'ink3', 'accent', 'ok', 'warn', 'bad', 'simulated'];

describe.each(Object.entries(themes))('the %s theme', (theme, colours) => {
  const of = (name: string) => hexToLinear(colours.get(name) ?? 'missing');

  test.each(inks)('%s can be read on canvas and surface', (ink) => {
    for (const ground of ['canvas', 'surface']) expect(contrast(of(ink), of(ground)), ground).toBeGreaterThanOrEqual(4.5);
  });

  test.each(['ink', 'ink2', 'ink3', 'ok'])('%s can be read on sunken ground', (ink) => {
    expect(contrast(of(ink), of('sunken'))).toBeGreaterThanOrEqual(4.5);
  });

  test('words on the accent can be read', () => {
    expect(contrast(of('on-accent'), of('accent'))).toBeGreaterThanOrEqual(4.5);
  });

  test.each([...types, 'line-strong'])('%s stands out from canvas and surface', (name) => {
    for (const ground of ['canvas', 'surface']) expect(contrast(of(name), of(ground)), ground).toBeGreaterThanOrEqual(3);
  });

  test.each(visions)('any two type colours differ for %s vision', (vision) => {
    for (const [index, a] of types.entries()) {
      for (const b of types.slice(index + 1)) {
        const distance = oklabDistance(simulate(of(a), vision), simulate(of(b), vision)) * 100;
        expect(distance, `${a} and ${b}, ${theme}`).toBeGreaterThanOrEqual(13);
      }
    }
  });
});

test('both themes name the same colours', () => {
  expect([...themes.light.keys()]).toEqual([...themes.dark.keys()]);
  expect(themes.light.size).toBe(21);
});
