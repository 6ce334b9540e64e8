import type { Page } from 'playwright-core';

type Node = { type: string; title?: string; parent?: string; config?: unknown; fanIn?: unknown; values?: unknown };

/** A flow document with its nodes laid out in a row; small enough to write in a test. */
export function flowOf(name: string, nodes: Record<string, Node>, edges: [from: string, to: string][], examples?: unknown[]): unknown {
  const ids = Object.keys(nodes);
  return {
    format: 'patchbay/flow',
    version: 1,
    name,
    nodes: Object.fromEntries(ids.map((id) => [id, { config: {}, ...nodes[id] }])),
    edges: edges.map(([from, to]) => ({ from, to })),
    layout: Object.fromEntries(ids.map((id, index) => [id, { x: index * 360, y: (index % 2) * 40 }])),
    ...(examples === undefined ? {} : { examples }),
  };
}

export const input = (...fields: { id: string; type?: string; title?: string; required?: boolean }[]): Node => ({
  type: 'input',
  title: 'Input',
  config: { fields: fields.map((field) => ({ title: field.id, type: 'text', required: true, ...field })) },
});
export const output = (id: string, type = 'text'): Node => ({
  type: 'output',
  title: 'Output',
  config: { fields: [{ id, title: id, type }] },
});

/** Saves a flow through the page's own session and opens it. Answers its id. */
export async function openFlow(page: Page, flow: unknown): Promise<string> {
  const id = await page.evaluate(async (document) => {
    const answer = await fetch('/api/flows', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(document),
    });
    if (answer.status !== 201) throw new Error(await answer.text());
    return ((await answer.json()) as { id: string }).id;
  }, flow);
  await page.goto(new URL(`/flows/${id}`, page.url()).href);
  await page.getByRole('region', { name: 'Flow canvas' }).waitFor();
  await page.getByRole('button', { name: 'Fit the flow in view' }).click();
  await restOf(page);
  return id;
}

/** Waits until the canvas moves no more: what is measured before is not where it is afterwards. */
async function restOf(page: Page): Promise<void> {
  const place = () => page.locator('.react-flow__viewport').evaluate((element) => getComputedStyle(element).transform);
  for (let before = '', now = await place(), same = 0; same < 3; before = now, now = await place()) {
    same = now === before ? same + 1 : 0;
    await page.waitForTimeout(100);
  }
}

/** The saved document, once the editor says it is saved. */
export async function savedFlow(page: Page): Promise<SavedFlow> {
  await page.getByText(/^Saved/).waitFor();
  return page.evaluate(async () => {
    const answer = await fetch(`/api/flows/${location.pathname.split('/')[2]}`);
    return ((await answer.json()) as { flow: unknown }).flow as never;
  });
}
export interface SavedFlow {
  nodes: Record<string, { type: string; title?: string; config: Record<string, unknown>; fanIn?: Record<string, string> }>;
  edges: { from: string; to: string }[];
  layout: Record<string, { x: number; y: number }>;
}

/** Edges as `from>to`, for short expectations. */
export const edgesOf = (flow: SavedFlow): string[] => flow.edges.map((edge) => `${edge.from}>${edge.to}`);

/** The middle of an element, in page pixels. */
export async function middle(page: Page, role: 'button' | 'group', name: string | RegExp): Promise<{ x: number; y: number }> {
  const box = await page.getByRole(role, { name }).first().boundingBox();
  if (box === null) throw new Error(`${name} is not on screen`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Presses at one place, moves in steps as a hand does, and lets go at the other. */
export async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 6 });
  await page.mouse.move(to.x, to.y, { steps: 6 });
  await page.mouse.up();
}
