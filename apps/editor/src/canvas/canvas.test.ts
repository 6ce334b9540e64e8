import { catalogue } from '@patchbay/nodes';
import { expect, test } from 'vitest';
import { sampleFlow } from '../store/testing.ts';
import { openEnds } from './compatible.ts';
import { icons } from './icons.tsx';
import { searchTypes } from './node-search.ts';
import { chordOf, findShortcut, keepsKeys, keycaps, shortcutIds, shortcuts, shownChords } from './shortcuts.ts';
import { walk } from './walk.ts';

const press = (key: string, rest: Partial<KeyboardEvent> = {}) => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...rest,
});

test('every node type has its icon in the bundle', () => {
  for (const definition of catalogue.values()) expect(icons.has(definition.icon), definition.icon).toBe(true);
});

test('search finds by title, by other words, in both languages and by letters in order', () => {
  const find = (query: string, locale: 'en' | 'zh-Hans' = 'en') =>
    searchTypes([...catalogue.values()], query, locale).map((one) => one.type);
  expect(find('prompt')[0]).toBe('prompt');
  expect(find('GPT')[0]).toBe('model');
  expect(find('if')[0]).toBe('branch');
  expect(find('翻译', 'zh-Hans')[0]).toBe('translate');
  expect(find('翻译')[0]).toBe('translate');
  // A whole title before one that begins with it, in whatever order they are offered.
  for (const locale of ['en', 'zh-Hans'] as const) {
    expect(find('output', locale).slice(0, 2)).toEqual(['output', 'output_guard']);
    const backwards = [...catalogue.values()].toReversed();
    expect(searchTypes(backwards, 'Output', locale)[0]?.type).toBe('output');
  }
  expect(find('trslt')).toContain('translate');
  expect(find('zzzz')).toEqual([]);
  expect(find('')).toHaveLength(catalogue.size);
});

test('arrows walk along wires, and to the nearest card where there is none', () => {
  const flow = sampleFlow();
  flow.nodes['below'] = { type: 'note', config: {} };
  flow.layout['below'] = { x: 400, y: 300 };
  expect(walk(flow, 'ticket', 'right')).toBe('draft');
  expect(walk(flow, 'draft', 'left')).toBe('ticket');
  expect(walk(flow, 'draft', 'down')).toBe('below');
  expect(walk(flow, 'below', 'up')).toBe('draft');
  expect(walk(flow, 'ticket', 'left')).toBeUndefined();
});

test('open ends leave out what does not fit, circles and what is wired', () => {
  const flow = sampleFlow();
  const open = openEnds(flow, catalogue, { end: 'draft.text', side: 'output' });
  expect(open.has('input:answer.reply')).toBe(true);
  expect(open.has('input:reply.prompt')).toBe(false);
  expect(openEnds(flow, catalogue, { end: 'reply.text', side: 'output' }).has('input:draft.ticket')).toBe(false);
  expect(openEnds(flow, catalogue, { end: 'answer.reply', side: 'input' }).has('output:draft.text')).toBe(true);
  expect(openEnds(flow, catalogue, { end: 'constructor.x', side: 'output' }).size).toBe(0);
});

test('chords are read the same on all keyboards', () => {
  expect(chordOf(press('z', { ctrlKey: true }))).toBe('Mod+Z');
  expect(chordOf(press('Z', { metaKey: true, shiftKey: true }))).toBe('Mod+Shift+Z');
  expect(chordOf(press('!', { shiftKey: true, code: 'Digit1' }))).toBe('Shift+1');
  expect(chordOf(press('?', { shiftKey: true }))).toBe('?');
  expect(chordOf(press('†', { altKey: true, shiftKey: true, code: 'KeyT' }))).toBe('Shift+Alt+T');
  expect(chordOf(press('ArrowLeft', { altKey: true }))).toBe('Alt+ArrowLeft');
});

test('each shortcut is in the registry once, no chord is taken twice, and Tab is none', () => {
  expect(shortcuts.map((one) => one.id).sort()).toEqual([...shortcutIds].sort());
  const chords = shortcuts.flatMap((one) => one.keys);
  expect(new Set(chords).size).toBe(chords.length);
  expect(chords.some((chord) => chord.includes('Tab'))).toBe(false);
});

test('letters are silent in fields and when switched off; Mod+Enter always runs', () => {
  const at = (inField: boolean, letters: boolean) => ({ inField, letters });
  expect(findShortcut(press('n'), at(false, true))?.id).toBe('addStep');
  expect(findShortcut(press('n'), at(true, true))).toBeUndefined();
  expect(findShortcut(press('n'), at(false, false))).toBeUndefined();
  expect(findShortcut(press('Delete'), at(false, false))?.id).toBe('remove');
  expect(findShortcut(press('Enter', { ctrlKey: true }), at(true, true))?.id).toBe('run');
});

test('fields, menus, lists and dialogs keep their keys', () => {
  document.body.innerHTML =
    '<input id="a"><div role="menu"><b id="b"></b></div><div contenteditable="true"><i id="c"></i></div><button id="d"></button>';
  expect(['a', 'b', 'c', 'd'].map((id) => keepsKeys(document.getElementById(id)))).toEqual([true, true, true, false]);
  expect(keepsKeys(null)).toBe(false);
});

test('the four arrows of a shortcut are shown once', () => {
  expect(shownChords(['Alt+ArrowLeft', 'Alt+ArrowRight'])).toEqual(['Alt+ArrowLeft+ArrowRight']);
  expect(shownChords(['ArrowUp', 'ArrowDown'])).toEqual(['ArrowUp+ArrowDown']);
  expect(shownChords(['Mod+Shift+Z', 'Mod+Y'])).toEqual(['Mod+Shift+Z', 'Mod+Y']);
});

test('keycaps are those of the machine', () => {
  expect(keycaps('Mod+Shift+Z', false)).toEqual(['Ctrl', 'Shift', 'Z']);
  expect(keycaps('Mod+ArrowLeft', true)).toEqual(['⌘', '←']);
});
