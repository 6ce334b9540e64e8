import type { FlowDocument } from '@patchbay/flow';

/** Lets everything else that waits have its turn of the event loop. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Characters, and steps of a flow, whose reading or writing fills a turn: what comes after them waits for the next. */
const longText = 1024 * 1024;
const manyNodes = 250;

export const isLongText = (text: string): boolean => text.length > longText;

/** Nothing for the usual flow, so that it costs no more than the question. */
export function afterLargeFlow({ nodes }: Pick<FlowDocument, 'nodes'>): Promise<void> | undefined {
  let count = 0;
  for (const _ in nodes) {
    count += 1;
    if (count > manyNodes) return nextTurn();
  }
  return undefined;
}
