import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ToastLane, toast } from './toast.tsx';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
let root: ReturnType<typeof createRoot>;
beforeEach(async () => {
  vi.useFakeTimers();
  root = createRoot(document.body.appendChild(document.createElement('div')));
  await act(async () => root.render(<ToastLane />));
});
afterEach(async () => {
  await act(async () => vi.runAllTimers());
  await act(async () => root.unmount());
  document.body.replaceChildren();
  vi.useRealTimers();
});
const texts = () => [...document.querySelectorAll('p')].map((item) => item.textContent);

test('a toast is said in a live region and goes away by itself', async () => {
  await act(async () => toast('Saved'));
  expect(document.querySelector('[role=status]')?.textContent).toContain('Saved');
  await act(async () => vi.advanceTimersByTime(5_000));
  expect(texts()).toEqual([]);
});

test('with more than three the oldest gives way', async () => {
  await act(async () => ['a', 'b', 'c', 'd'].forEach((text) => void toast(text)));
  expect(texts()).toEqual(['b', 'c', 'd']);
});

test('its action runs once and closes it', async () => {
  const onClick = vi.fn();
  await act(async () => toast('Deleted', { action: { label: 'Undo', onClick }, timeout: 0 }));
  await act(async () => vi.advanceTimersByTime(60_000));
  expect(texts()).toEqual(['Deleted']);
  const undo = [...document.querySelectorAll('button')].find((button) => button.textContent === 'Undo');
  await act(async () => undo?.click());
  expect(onClick).toHaveBeenCalledOnce();
  expect(texts()).toEqual([]);
});
