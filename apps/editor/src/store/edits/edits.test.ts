import { catalogue } from '@patchbay/nodes';
import { expect, test } from 'vitest';
import { sampleFlow } from '../testing.ts';
import { addNode, insertOnEdge } from './add-node.ts';
import { appendChip, chipName, promoteToInput } from './chips.ts';
import { renameNode, setConfig, setValue, toggleBypass } from './config.ts';
import { copyNodes, duplicateNodes, insertFragment, readFragment } from './fragment.ts';
import { freeId, slug } from './ids.ts';
import { boxOf, moveNodes } from './place.ts';
import { tidyPlaces } from './tidy.ts';

const overlapping = (flow: ReturnType<typeof sampleFlow>) => {
  const boxes = Object.keys(flow.nodes).map((id) => boxOf(flow, catalogue, id));
  return boxes.some((a, index) =>
    boxes.slice(index + 1).some((b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height),
  );
};

test('ids are readable, unique and legal whatever the text', () => {
  expect(freeId('prompt', (id) => ['prompt', 'prompt_2'].includes(id))).toBe('prompt_3');
  expect(slug('Émile’s 2nd Step!')).toBe('emile_s_2nd_step');
  expect(slug('退款')).toBe('value');
  expect(slug('9 lives')).toBe('lives');
});

test('a new node goes right of the one it follows, wired, over no other', () => {
  const flow = sampleFlow();
  const id = addNode(flow, catalogue, { type: 'translate', after: 'draft' });
  expect(id).toBe('translate');
  expect(flow.edges).toContainEqual({ from: 'draft.text', to: 'translate.text' });
  expect(flow.layout[id]?.x).toBe(720);
  expect(overlapping(flow)).toBe(false);
});
test('many nodes dropped on one point never overlap', () => {
  const flow = sampleFlow();
  for (let count = 0; count < 8; count += 1) addNode(flow, catalogue, { type: 'model', at: { x: 700, y: 10 } });
  expect(overlapping(flow)).toBe(false);
});
test('a node asked for from an input is wired to it', () => {
  const flow = { ...sampleFlow(), edges: [] };
  const id = addNode(flow, catalogue, { type: 'prompt', to: 'reply.prompt', at: { x: 300, y: 300 } });
  expect(flow.edges).toEqual([{ from: `${id}.text`, to: 'reply.prompt' }]);
});

test('inserting on a wire: two wires for one, at its place in the order, with room', () => {
  const flow = sampleFlow();
  const id = insertOnEdge(flow, catalogue, { from: 'draft.text', to: 'reply.prompt' }, 'translate');
  expect(id).toBe('translate');
  expect(flow.edges.map((edge) => `${edge.from}>${edge.to}`).sort()).toEqual([
    'draft.text>translate.text',
    'reply.text>answer.reply',
    'ticket.text>draft.ticket',
    'translate.text>reply.prompt',
  ]);
  expect(overlapping(flow)).toBe(false);
  expect((flow.layout['answer']?.x ?? 0) > (flow.layout['reply']?.x ?? 0)).toBe(true);
});

test('config: set deep, remove, make what is missing', () => {
  const flow = sampleFlow();
  setConfig(flow, 'reply', ['headers', 0, 'name'], 'X');
  expect(flow.nodes['reply']?.config['headers']).toEqual([{ name: 'X' }]);
  setConfig(flow, 'reply', ['headers', 0], undefined);
  expect(flow.nodes['reply']?.config['headers']).toEqual([]);
  setConfig(flow, 'reply', ['headers'], undefined);
  expect(flow.nodes['reply']?.config).toEqual({ model: 'auto' });
  setConfig(flow, 'reply', ['__proto__', 'polluted'], true);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  setConfig(flow, 'nobody', ['x'], 1);
});
test('values, titles and bypass leave nothing empty behind', () => {
  const flow = sampleFlow();
  setValue(flow, 'reply', 'prompt', 'Hi');
  expect(flow.nodes['reply']?.values).toEqual({ prompt: 'Hi' });
  setValue(flow, 'reply', 'prompt', undefined);
  renameNode(flow, 'draft', '  ');
  toggleBypass(flow, ['draft', 'reply']);
  expect(flow.nodes['draft']?.bypass).toBe(true);
  toggleBypass(flow, ['draft', 'reply']);
  const whole = sampleFlow();
  delete whole.nodes['draft']?.title;
  expect(flow).toEqual(whole);
});

test('a chip is named after its source and reuses the wire it has', () => {
  const flow = sampleFlow();
  expect(chipName(flow, catalogue, 'draft', 'ticket.text')).toBe('ticket');
  expect(chipName(flow, catalogue, 'answer', 'reply.text')).toBe('reply_2');
  appendChip(flow, catalogue, 'draft', 'ticket.text');
  expect(flow.nodes['draft']?.config['template']).toBe('Answer: {{ticket}}');
});
test('an unwired port becomes a question of the flow', () => {
  const flow = sampleFlow();
  setConfig(flow, 'draft', ['template'], 'About {{topic}} for {{ticket}}');
  promoteToInput(flow, catalogue, 'draft', 'topic');
  expect(flow.nodes['ticket']?.config['fields']).toContainEqual({ id: 'topic', title: 'topic', type: 'text', required: true });
  expect(flow.edges).toContainEqual({ from: 'ticket.topic', to: 'draft.topic' });
});

test('copied steps go to another flow with the wires among them, under free ids', () => {
  const text = JSON.stringify(copyNodes(sampleFlow(), ['draft', 'reply']));
  const fragment = readFragment(text);
  const target = sampleFlow();
  const ids = fragment === null ? [] : insertFragment(target, fragment, { x: 0, y: 400 });
  expect(ids).toEqual(['draft_2', 'reply_2']);
  expect(target.edges).toContainEqual({ from: 'draft_2.text', to: 'reply_2.prompt' });
  expect(target.layout['draft_2']).toEqual({ x: 360, y: 400 });
});
test('copied text holds no secrets', () => {
  const flow = sampleFlow();
  flow.nodes['call'] = {
    type: 'http',
    config: {
      headers: [
        { name: 'Authorization', value: 'Bearer abc123' },
        { name: 'Accept', value: 'text/plain' },
      ],
      apiKey: 'sk-1',
      body: '{{text}}',
    },
  };
  const text = JSON.stringify(copyNodes(flow, ['call']));
  expect(text).not.toContain('abc123');
  expect(text).not.toContain('sk-1');
  expect(text).toContain('text/plain');
});
test('foreign, broken and hostile text is no fragment', () => {
  for (const text of ['', 'hello', '{', '[]', '{"nodes":{}}', '{"format":"patchbay/steps","version":2,"nodes":{}}'])
    expect(readFragment(text)).toBeNull();
  const proto = '{"format":"patchbay/steps","version":1,"nodes":{"__proto__":{"type":"x","config":{}}},"edges":[],"layout":{}}';
  expect(readFragment(proto)).toBeNull();
});
test('a whole flow can be pasted too', () => {
  expect(Object.keys(readFragment(JSON.stringify(sampleFlow()))?.nodes ?? {})).toEqual(['ticket', 'draft', 'reply', 'answer']);
});
test('duplicates keep their number readable', () => {
  const flow = sampleFlow();
  expect(duplicateNodes(flow, ['draft'], { x: 32, y: 32 })).toEqual(['draft_2']);
  expect(duplicateNodes(flow, ['draft_2'], { x: 32, y: 32 })).toEqual(['draft_3']);
});

test('moving keeps to numbers', () => {
  const flow = sampleFlow();
  moveNodes(flow, { draft: { x: Number.NaN, y: 1 }, reply: { x: 10.4, y: 20.6 }, nobody: { x: 1, y: 1 } });
  expect(flow.layout).toEqual({ ...sampleFlow().layout, reply: { x: 10, y: 21 } });
});
test('tidying goes left to right along the wires, covers nothing and stays where it was', async () => {
  const flow = sampleFlow();
  flow.layout = { answer: { x: 100, y: 50 }, reply: { x: 110, y: 60 }, draft: { x: 120, y: 70 }, ticket: { x: 130, y: 80 } };
  const places = await tidyPlaces(flow, catalogue, Object.keys(flow.nodes), new Map());
  moveNodes(flow, places);
  const xs = ['ticket', 'draft', 'reply', 'answer'].map((id) => flow.layout[id]?.x ?? 0);
  expect([...xs].sort((a, b) => a - b)).toEqual(xs);
  expect(Math.min(...xs)).toBe(104);
  expect(overlapping(flow)).toBe(false);
});
