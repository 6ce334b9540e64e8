import { configSchema, isShown } from '@patchbay/node-kit';
import { catalogue } from '@patchbay/nodes';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { readIn } from '../../i18n/index.ts';
import { smallFlow } from '../../testing/flows.ts';
import { click, type Rendered, renderInEditor, until } from '../../testing/render.tsx';
import { loadParts } from '../../ui/lazy-part.tsx';
import { Inspector } from '../inspector.tsx';
import { shownRecord } from './shown.ts';

let page: Rendered | undefined;
beforeAll(loadParts);
afterEach(async () => {
  await page?.close();
  vi.unstubAllGlobals();
});

const models = () =>
  vi.stubGlobal('fetch', async () => Response.json({ models: [{ id: 'demo/auto', provider: 'demo', simulated: true }] }));

/** A step of this type with one of its examples as settings, selected. */
async function openStep(type: string, config: Record<string, never>, locale: 'en' | 'zh-Hans' = 'en') {
  models();
  const flow = smallFlow();
  flow.nodes['step'] = { type, config };
  const rendered = await renderInEditor(<Inspector />, flow);
  const { act } = await import('react');
  await act(async () => {
    await readIn(locale);
    rendered.store.select({ nodes: ['step'] });
  });
  await until(() => document.querySelector('[aria-busy=true]') === null);
  for (let more = folded(); more !== undefined; more = folded()) await click(more);
  await until(() => document.querySelector('[aria-busy=true]') === null);
  page = rendered;
  return rendered;
}

const folded = () =>
  [...document.querySelectorAll<HTMLElement>('[role=tabpanel] button[aria-expanded=false]')].find(
    (button) => !button.hasAttribute('aria-haspopup'),
  );

/** How a screen reader would call a control. */
function nameOf(control: Element): string {
  const by = control.getAttribute('aria-labelledby');
  if (by !== null)
    return by
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent ?? '')
      .join(' ')
      .trim();
  const own = control.getAttribute('aria-label');
  if (own !== null) return own;
  if (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement) {
    const labels = [...(control.labels ?? [])]
      .map((label) => label.textContent ?? '')
      .join(' ')
      .trim();
    if (labels !== '') return labels;
  }
  return control.tagName === 'BUTTON' || control.getAttribute('role') === 'tab' ? (control.textContent ?? '').trim() : '';
}

const controls =
  'input:not([aria-hidden=true]):not([type=hidden]), textarea, button, [role=textbox], [role=switch], [role=combobox], [role=radiogroup], fieldset';

for (const locale of ['en', 'zh-Hans'] as const) {
  for (const [type, definition] of catalogue) {
    const configs = [{}, ...definition.examples.map((example) => example.config)];
    test(`${type} has a form whose every field has a name (${locale})`, async () => {
      for (const config of configs) {
        const { store } = await openStep(type, config as Record<string, never>, locale);
        const nameless = [...document.querySelectorAll(`[data-testid=inspector] :is(${controls})`)].filter(
          (control) => nameOf(control) === '',
        );
        expect(nameless.map((control) => control.outerHTML.slice(0, 200))).toEqual([]);
        const text = document.body.textContent ?? '';
        const schema = configSchema(definition);
        const shown = shownRecord(schema, config);
        for (const [key, { ui }] of Object.entries(schema.properties ?? {})) {
          const label = `[data-field="${ui?.title[locale]}"]`;
          if (ui !== undefined && isShown(ui, shown)) expect([key, document.querySelector(label) !== null]).toEqual([key, true]);
        }
        // A word that is missing would show as its key, an unfilled one with its braces.
        expect(text).not.toMatch(/\b(field|chip|list|values|failure|inputs|step)\.[a-z]+[A-Z.a-z]*\b/);
        expect(text.replace(/\{\{ ?(order|name|[a-z_]+)\??\}\}/g, '')).not.toMatch(/\{\{(type|name|count|line)\}\}/);
        // Looking at settings changes none.
        expect(store.getState().undoStack).toEqual([]);
        await page?.close();
        page = undefined;
      }
    });
  }
}
