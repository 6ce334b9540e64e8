import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { afterEach, expect, test } from 'vitest';
import { type Rendered, render } from '../testing/render.tsx';
import { ReplayButtons } from './replay-buttons.tsx';

let page: Rendered | undefined;
afterEach(() => page?.close());

const inRouter = (masked: boolean) => {
  const root = createRootRoute({ component: () => <ReplayButtons run="run_1" masked={masked} /> });
  return <RouterProvider router={createRouter({ routeTree: root, history: createMemoryHistory() })} />;
};
const buttons = () => [...document.querySelectorAll('button')].map((button) => button.textContent);

test('what a record without its personal data cannot give is not offered', async () => {
  page = await render(inRouter(false));
  expect(buttons()).toHaveLength(2);
  await page.close();
  page = await render(inRouter(true));
  expect(buttons()).toEqual(['Replay']);
});
