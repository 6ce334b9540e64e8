import '../i18n/all-words.ts';
import type { FlowDocument, Locale } from '@patchbay/flow';
import { checkFlow } from '@patchbay/node-kit';
import { QueryClientProvider } from '@tanstack/react-query';
import i18next from 'i18next';
import { act, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueries } from '../api/queries.ts';
import { readIn, startI18n } from '../i18n/index.ts';
import { EditorProvider } from '../store/context.tsx';
import { createEditorStore } from '../store/editor-store.ts';
import type { EditorStore, SaveDraft } from '../store/types.ts';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

/** A part of the interface in a page, with words and queries. `close` takes it away again. */
export interface Rendered {
  find: (role: string, name: string | RegExp) => HTMLElement;
  text: () => string;
  close: () => Promise<void>;
}

export async function render(children: ReactNode, locale: Locale = 'en'): Promise<Rendered> {
  if (!i18next.isInitialized) await startI18n();
  await readIn(locale);
  const place = document.body.appendChild(document.createElement('div'));
  const root = createRoot(place);
  await act(async () => root.render(<QueryClientProvider client={createQueries()}>{children}</QueryClientProvider>));
  return {
    find: (role, name) => findByRole(role, name),
    text: () => document.body.textContent ?? '',
    close: async () => {
      await act(async () => root.unmount());
      place.remove();
    },
  };
}

/** The same with an open flow around it. */
export async function renderInEditor(
  children: ReactNode,
  flow: FlowDocument,
  save: SaveDraft = async (_flow, etag) => ({ kind: 'saved', etag }),
): Promise<Rendered & { store: EditorStore }> {
  const store = createEditorStore({ flowId: `flow_${Math.random()}`, flow, etag: '"1"', save, check: checkFlow });
  const rendered = await render(<EditorProvider store={store}>{children}</EditorProvider>);
  return { ...rendered, store };
}

const tags: Record<string, string> = {
  button: 'button, [role=button]',
  textbox: 'input:not([type]), input[type=text], textarea, [role=textbox]',
  tab: '[role=tab]',
  alert: '[role=alert]',
  menuitem: '[role=menuitem]',
};

/** An element by its role and name: its label, its `aria-label` or its text. */
function findByRole(role: string, name: string | RegExp): HTMLElement {
  const all = [...document.querySelectorAll<HTMLElement>(tags[role] ?? `[role=${role}]`)];
  const fits = (text: string) => (typeof name === 'string' ? text === name : name.test(text));
  const found = all.find((element) => fits(nameOf(element)));
  if (found === undefined) throw new Error(`no ${role} ${name}; there are: ${all.map(nameOf).join(' | ')}`);
  return found;
}

function nameOf(element: HTMLElement): string {
  const label = element.getAttribute('aria-label');
  if (label !== null) return label;
  const by = element.getAttribute('aria-labelledby');
  if (by !== null)
    return by
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent ?? '')
      .join(' ');
  const labels = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? [...(element.labels ?? [])] : [];
  return labels.length > 0 ? labels.map((item) => item.textContent).join(' ') : (element.textContent ?? '').trim();
}

/** Writes into a field as a person does, so that React hears of it. */
export async function type(element: HTMLElement, text: string): Promise<void> {
  const owner = element instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
  await act(async () => {
    Object.getOwnPropertyDescriptor(owner, 'value')?.set?.call(element, text);
    element.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

export const click = (element: HTMLElement): Promise<void> => act(async () => element.click());

/** Waits until something is true, letting React draw in between. */
export async function until(check: () => boolean): Promise<void> {
  for (let left = 200; left > 0; left -= 1) {
    if (check()) return;
    await act(async () => new Promise((resolve) => setTimeout(resolve, 10)));
  }
  throw new Error(`it did not become true; the page says: ${document.body.textContent?.slice(0, 500)}`);
}
