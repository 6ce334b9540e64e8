import { act } from 'react';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { EditorStore } from '../store/types.ts';
import { smallFlow } from '../testing/flows.ts';
import { click, type Rendered, renderInEditor, type, until } from '../testing/render.tsx';
import { loadParts } from '../ui/lazy-part.tsx';
import { Inspector } from './inspector.tsx';

let page: (Rendered & { store: EditorStore }) | undefined;
beforeAll(loadParts);
afterEach(async () => {
  await page?.close();
  vi.unstubAllGlobals();
});

async function open(...nodes: string[]) {
  vi.stubGlobal('fetch', async () => Response.json({ models: [] }));
  page = await renderInEditor(<Inspector />, smallFlow());
  await select({ nodes });
  return page;
}
const select = (selection: Parameters<EditorStore['select']>[0]) => act(async () => page?.store.select(selection));
const node = (id: string) => page?.store.getState().flow.nodes[id];
const control = (name: RegExp) => page?.find('textbox', name) as HTMLElement;
const press = (element: HTMLElement, key: string, more: KeyboardEventInit = {}) =>
  act(async () => void element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more })));
const blur = (element: HTMLElement) => act(async () => void element.dispatchEvent(new FocusEvent('focusout', { bubbles: true })));

test('nothing selected shows the flow, one step its settings, several their number, a wire both its ends', async () => {
  const { text } = await open();
  expect(text()).toContain('Select a step to see its settings.');
  await select({ nodes: ['draft'] });
  expect(control(/Name of the step/)).toHaveProperty('value', 'Draft');
  await select({ nodes: ['draft', 'write'] });
  expect(text()).toContain('2 steps selected');
  await select({ edges: ['ask.topic>draft.topic'] });
  expect(text()).toContain('Input · Topic');
  expect(text()).toContain('Draft · topic');
});

test('a step is renamed in place, Escape keeps the old name', async () => {
  await open('draft');
  await type(control(/Name of the step/), 'First draft');
  await blur(control(/Name of the step/));
  expect(node('draft')?.title).toBe('First draft');
  await type(control(/Name of the step/), 'Other');
  await press(control(/Name of the step/), 'Escape');
  expect(node('draft')?.title).toBe('First draft');
});

test('typing is one undo step, and undo in a field is undo of the flow', async () => {
  const { store } = await open('answer');
  await type(control(/^Title/), 'A');
  await type(control(/^Title/), 'An answer');
  expect(store.getState().undoStack).toHaveLength(1);
  await press(control(/^Title/), 'z', { ctrlKey: true });
  expect(node('answer')?.config).toEqual(smallFlow().nodes['answer']?.config);
  await press(control(/^Title/), 'Z', { ctrlKey: true, shiftKey: true });
  expect(node('answer')?.config['fields']).toMatchObject([{ id: 'reply', title: 'An answer' }]);
});

test('what is no number stays in the field, is named, and the document keeps the last one', async () => {
  await open('write');
  await click(page?.find('button', /More settings/) as HTMLElement);
  await type(control(/Temperature/), '0.5');
  await type(control(/Temperature/), '0.5x');
  expect(node('write')?.config['temperature']).toBe(0.5);
  expect(control(/Temperature/)).toHaveProperty('value', '0.5x');
  expect(page?.text()).toContain('This is not a number');
  await type(control(/Temperature/), '');
  expect(node('write')?.config).not.toHaveProperty('temperature');
  await type(control(/Temperature/), '9');
  expect(node('write')?.config['temperature']).toBe(9);
  await until(() => page?.text().includes('This must be at most 2') === true);
});

test('half-written JSON is kept in the field and named with its line', async () => {
  await open('write');
  await click(page?.find('button', /More settings/) as HTMLElement);
  await type(control(/Answer as data/), '{\n "type": ');
  expect(page?.text()).toContain('This is not JSON yet');
  expect(node('write')?.config).not.toHaveProperty('schema');
  await type(control(/Answer as data/), '{\n "type": "object" }');
  expect(node('write')?.config['schema']).toEqual({ type: 'object' });
  expect(page?.text()).not.toContain('This is not JSON yet');
});

test('an entry is added with an id of its own that follows its first title only', async () => {
  await open('ask');
  await click(page?.find('button', 'Add a field') as HTMLElement);
  const titles = () => [...document.querySelectorAll<HTMLInputElement>('[data-field=Title] input')];
  await type(titles()[2] as HTMLElement, 'Mail address');
  expect(node('ask')?.config['fields']).toMatchObject([{ id: 'topic' }, { id: 'count' }, { id: 'mail_address', title: 'Mail address' }]);
  await blur(titles()[2] as HTMLElement);
  await type(titles()[2] as HTMLElement, 'Other title');
  expect(node('ask')?.config['fields']).toMatchObject([{}, {}, { id: 'mail_address', title: 'Other title' }]);
  await click(page?.find('button', 'Remove Other title') as HTMLElement);
  expect(node('ask')?.config['fields']).toHaveLength(2);
  await click(page?.find('button', 'Move How many up') as HTMLElement);
  expect(node('ask')?.config['fields']).toMatchObject([{ id: 'count' }, { id: 'topic' }]);
  expect(page?.store.getState().flow.edges).toEqual(smallFlow().edges);
});

test('a wired input says from where and can be disconnected; a free one takes a value', async () => {
  await open('write');
  expect(page?.text()).toContain('Draft · Text');
  await click(page?.find('button', 'Disconnect Draft · Text') as HTMLElement);
  expect(page?.store.getState().flow.edges).toHaveLength(2);
  await until(() => page?.text().includes('is required') === true);
  await click(page?.find('button', 'Write a value for Prompt') as HTMLElement);
  await type(control(/^Prompt/), 'Say hello');
  expect(node('write')?.values).toEqual({ prompt: 'Say hello' });
  await click(page?.find('button', 'Remove the value of Prompt') as HTMLElement);
  expect(node('write')?.values).toBeUndefined();
});

test('a chip without a value is amber in words and has its ways out beside it', async () => {
  await open('draft');
  await until(() => document.querySelector('.cm-content') !== null);
  expect(document.querySelector('.cm-content')?.textContent).toContain('Input · Topic');
  await act(async () => page?.store.command({ key: 'x' }, (draft) => void draft.edges.shift()));
  await until(() => document.querySelector('.cm-content')?.textContent?.includes('topic · not connected') === true);
  await click(page?.find('button', 'Fix “topic”') as HTMLElement);
  await until(() => document.querySelectorAll('[role=menuitem]').length > 0);
  const items = [...document.querySelectorAll('[role=menuitem]')].map((item) => item.textContent);
  expect(items).toEqual(['Input · Topic', 'Input · How many', 'Make it an input of the flow', 'Write a value', 'Let it stay empty']);
  await click(page?.find('menuitem', /^Input · Topic/) as HTMLElement);
  expect(page?.store.getState().flow.edges).toContainEqual({ from: 'ask.topic', to: 'draft.topic' });
});

test('notes and the description are kept, and empty ones leave nothing behind', async () => {
  await open('draft');
  await click(page?.find('tab', 'Notes') as HTMLElement);
  await type(control(/Note/), 'Mind the tone');
  expect(node('draft')?.note).toBe('Mind the tone');
  await type(control(/Note/), '');
  expect(node('draft')).not.toHaveProperty('note');
  await select({});
  await type(control(/Description/), 'Writes');
  expect(page?.store.getState().flow.description).toBe('Writes');
  await type(control(/^Name/), '');
  expect(page?.store.getState().flow.name).toBe('Small');
  expect(page?.text()).toContain('A flow needs a name');
});

test('not run, running, closed and empty look different in the output', async () => {
  const { store, text } = await open('write');
  await click(page?.find('tab', 'Output') as HTMLElement);
  const show = (step: object) =>
    act(async () => store.setState({ run: { phase: 'running', outputs: {}, steps: { write: step as never } } }));
  expect(text()).toContain('Not run yet');
  await show({ status: 'running', text: {} });
  expect(text()).toContain('Not there yet');
  await show({ status: 'streaming', text: { text: 'The s' } });
  expect(text()).toContain('The s');
  await show({ status: 'skipped', text: {}, reason: { code: 'bypass', node: 'draft' } });
  expect(text()).toContain('No value on this way');
  await show({ status: 'succeeded', text: {}, outputs: { text: '' } });
  expect(text()).toContain('empty text');
  await show({ status: 'failed', text: {}, error: { class: 'timeout', reason: 'x', params: {}, message: 'It took too long.' } });
  expect(text()).toContain('It took too long.');
});
