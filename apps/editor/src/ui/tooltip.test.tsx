import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TooltipHost, tooltip } from './tooltip.tsx';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
let root: ReturnType<typeof createRoot>;
beforeEach(async () => {
  vi.useFakeTimers();
  root = createRoot(document.body.appendChild(document.createElement('div')));
  await act(async () =>
    root.render(
      <>
        <button type="button" {...tooltip('Undo', 'Mod+Z')}>
          <svg aria-hidden="true" />
        </button>
        <p>Elsewhere</p>
        <TooltipHost />
      </>,
    ),
  );
});
afterEach(async () => {
  await act(async () => root.unmount());
  document.body.replaceChildren();
  vi.useRealTimers();
});

const shown = () => document.querySelector('[data-tip-shown]')?.textContent;
const point = (selector: string, pointerType = 'mouse') =>
  act(async () => {
    document.querySelector(selector)?.dispatchEvent(new PointerEvent('pointerover', { bubbles: true, pointerType }));
  });
const wait = (ms: number) => act(async () => vi.advanceTimersByTime(ms));

test('a word comes after a moment of pointing, with its keys, and goes when the pointer is elsewhere', async () => {
  await point('svg');
  await wait(300);
  expect(shown()).toBeUndefined();
  await wait(100);
  expect(shown()).toContain('Undo');
  expect(shown()).toContain('Z');
  await point('p');
  await wait(200);
  expect(shown()).toBeUndefined();
});

test('the word itself may be pointed at; Escape and a press take it away', async () => {
  await point('button');
  await wait(400);
  await point('p');
  await point('[data-tip-shown]');
  await wait(500);
  expect(shown()).toContain('Undo');
  await act(async () => void document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' })));
  expect(shown()).toBeUndefined();
  await point('button');
  await wait(400);
  await act(async () => void document.dispatchEvent(new PointerEvent('pointerdown')));
  expect(shown()).toBeUndefined();
});

test('a finger gets none, nor does a button whose menu is open, nor one that is gone', async () => {
  await point('button', 'touch');
  await wait(400);
  expect(shown()).toBeUndefined();
  const button = document.querySelector('button');
  button?.setAttribute('data-popup-open', '');
  await point('button');
  await wait(400);
  expect(shown()).toBeUndefined();
  button?.removeAttribute('data-popup-open');
  await point('button');
  const place = button?.parentElement;
  button?.remove();
  await wait(400);
  expect(shown()).toBeUndefined();
  if (button) place?.prepend(button);
});
