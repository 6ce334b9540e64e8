import type { FlowDocument } from '@patchbay/flow';
import { createEditorStore, type EditorStoreOptions } from './editor-store.ts';
import type { EditorStore, SaveResult } from './types.ts';

/** A small flow for tests: input → prompt → model → output. */
export const sampleFlow = (): FlowDocument => ({
  format: 'patchbay/flow',
  version: 1,
  name: 'Sample',
  nodes: {
    ticket: { type: 'input', config: { fields: [{ id: 'text', title: 'Message', type: 'text', required: true }] } },
    draft: { type: 'prompt', title: 'Draft answer', config: { template: 'Answer: {{ticket}}' } },
    reply: { type: 'model', config: { model: 'auto' } },
    answer: { type: 'output', config: { fields: [{ id: 'reply', title: 'Reply', type: 'text' }] } },
  },
  edges: [
    { from: 'ticket.text', to: 'draft.ticket' },
    { from: 'draft.text', to: 'reply.prompt' },
    { from: 'reply.text', to: 'answer.reply' },
  ],
  layout: { ticket: { x: 0, y: 0 }, draft: { x: 360, y: 0 }, reply: { x: 720, y: 0 }, answer: { x: 1080, y: 0 } },
});

const quietKeeper = {
  open: (flow: FlowDocument) => ({ flow, undo: [], redo: [] }),
  draft: undefined,
  keepDraft: () => {},
  dropDraft: () => {},
  watch: () => () => {},
};

/** A store that saves nowhere. */
export const testStore = (flow: FlowDocument = sampleFlow(), options: Partial<EditorStoreOptions> = {}): EditorStore =>
  createEditorStore({
    flowId: 'test',
    flow,
    etag: '"1"',
    save: (_flow, etag): Promise<SaveResult> => Promise.resolve({ kind: 'saved', etag }),
    keeper: quietKeeper,
    ...options,
  });

/** For each row: input → (item → name → result) → output. */
export const loopFlow = (): FlowDocument => ({
  format: 'patchbay/flow',
  version: 1,
  name: 'Loop',
  nodes: {
    rows: { type: 'input', config: { fields: [{ id: 'rows', title: 'Rows', type: 'data', required: true }] } },
    each: { type: 'for_each', config: {} },
    name: { type: 'data', parent: 'each', config: { path: 'name' } },
    names: { type: 'output', config: { fields: [{ id: 'names', title: 'Names', type: 'any[]' }] } },
  },
  edges: [
    { from: 'rows.rows', to: 'each.list' },
    { from: 'each.item', to: 'name.data' },
    { from: 'name.data', to: 'each.result' },
    { from: 'each.results', to: 'names.names' },
  ],
  layout: {
    rows: { x: 0, y: 0 },
    each: { x: 360, y: 0, width: 640, height: 360 },
    name: { x: 520, y: 120 },
    names: { x: 1080, y: 0 },
  },
});
