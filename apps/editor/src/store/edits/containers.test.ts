import { checkFlow } from '@patchbay/node-kit';
import { catalogue } from '@patchbay/nodes';
import { expect, test } from 'vitest';
import { loopFlow, sampleFlow, testStore } from '../testing.ts';
import { addNode, insertOnEdge } from './add-node.ts';
import { judgeConnection } from './connect.ts';
import { homesOf, scopeFault, setHome, withInside } from './containers.ts';
import { duplicateNodes, removeNodes } from './fragment.ts';
import { containerAt, fitFrame, frameInset, growAround, leastFrame } from './frame.ts';
import { boxOf, moveBy } from './place.ts';
import { tidyPlaces } from './tidy.ts';

/** A second container inside the first, with a step in it. */
function nested() {
  const flow = loopFlow();
  flow.nodes['again'] = { type: 'repeat', parent: 'each', config: {} };
  flow.nodes['deep'] = { type: 'text', parent: 'again', config: { template: '' } };
  flow.layout['again'] = { x: 520, y: 320 };
  flow.layout['deep'] = { x: 700, y: 460 };
  return flow;
}
const errors = (flow: ReturnType<typeof loopFlow>) => checkFlow(flow, catalogue).filter((problem) => problem.severity === 'error');

test('what stands in a container is found at any depth; a parent that is none counts for nothing', () => {
  const flow = nested();
  expect(withInside(flow, ['each'])).toEqual(['each', 'name', 'again', 'deep']);
  expect(withInside(flow, ['rows'])).toEqual(['rows']);
  expect(homesOf(flow, catalogue, 'deep')).toEqual(['again', 'each']);
  flow.nodes['deep'] = { type: 'text', parent: 'rows', config: {} };
  expect(homesOf(flow, catalogue, 'deep')).toEqual([]);
  flow.nodes['again'] = { type: 'repeat', parent: 'again', config: {} };
  expect(homesOf(flow, catalogue, 'again')).toEqual([]);
});

test('wires keep to the side of a container’s ports they are for, as the check of a flow has it', () => {
  const flow = nested();
  const codes = ['port_is_inside', 'port_is_outside', 'edge_leaves_container'];
  const fault = (from: string, to: string) => {
    const found = scopeFault(flow, catalogue, from, to);
    const checked = errors({ ...flow, edges: [{ from, to }] }).some((problem) => codes.includes(problem.code));
    expect(checked, `${from} > ${to}`).toBe(found !== null);
    return found;
  };
  expect(fault('rows.rows', 'name.data')).toBeNull();
  expect(fault('name.data', 'each.result')).toBeNull();
  expect(fault('each.item', 'deep.text')).toBeNull();
  expect(fault('each.item', 'names.names')).toBe('inside');
  expect(fault('each.results', 'name.data')).toBe('outside');
  expect(fault('rows.rows', 'each.result')).toBe('inside');
  expect(fault('name.data', 'each.list')).toBe('outside');
  expect(fault('name.data', 'names.names')).toBe('leaves');
  expect(fault('deep.text', 'each.result')).toBe('leaves');
  expect(fault('deep.text', 'again.next')).toBeNull();
  expect(fault('again.value', 'each.result')).toBeNull();
});

test('what passes between a container and its inside is no circle, a wire round the outside is', () => {
  const flow = loopFlow();
  flow.edges = flow.edges.filter((edge) => edge.to !== 'name.data');
  expect(judgeConnection(flow, catalogue, 'each.item', 'name.data').kind).toBe('fine');
  flow.nodes['after'] = { type: 'text', config: { template: '{{text}}' } };
  flow.edges.push({ from: 'each.results', to: 'after.text' });
  expect(judgeConnection(flow, catalogue, 'after.text', 'name.data')).toEqual({ kind: 'refused', reason: 'cycle' });
  expect(judgeConnection(flow, catalogue, 'name.data', 'names.names')).toEqual({ kind: 'refused', reason: 'leaves' });
});

test('steps go into a container and out of it as far as their wires allow', () => {
  const flow = loopFlow();
  flow.nodes['loose'] = { type: 'text', config: { template: '' } };
  expect(setHome(flow, catalogue, ['loose'], 'each')).toBeNull();
  expect(flow.nodes['loose'].parent).toBe('each');
  expect(setHome(flow, catalogue, ['loose'], undefined)).toBeNull();
  expect(flow.nodes['loose']).not.toHaveProperty('parent');
  const before = structuredClone(flow);
  expect(setHome(flow, catalogue, ['name'], undefined)).toBe('wires');
  expect(setHome(flow, catalogue, ['rows'], 'each')).toBe('end');
  expect(setHome(flow, catalogue, ['each'], 'each')).toBe('itself');
  expect(flow).toEqual(before);
});

test('a step added to a container stands in it, takes its item and gives its result; the frame grows', () => {
  const flow = loopFlow();
  removeNodes(flow, ['name']);
  expect(addNode(flow, catalogue, { type: 'text', config: { template: '{{it}}' }, after: 'each' })).toBe('text');
  expect(flow.nodes['text']?.parent).toBe('each');
  expect(flow.edges).toContainEqual({ from: 'text.text', to: 'each.result' });
  expect(errors(flow)).toEqual([]);
  const after = addNode(flow, catalogue, { type: 'translate', after: 'text' });
  expect(flow.nodes[after]?.parent).toBe('each');
  const frame = boxOf(flow, catalogue, 'each');
  const box = boxOf(flow, catalogue, after);
  expect(frame.x + frame.width).toBeGreaterThanOrEqual(box.x + box.width + frameInset.side);
  expect(addNode(flow, catalogue, { type: 'output', after: 'each' })).toBe('output');
  expect(flow.nodes['output']).not.toHaveProperty('parent');
});

test('a step on a wire, at a place, or led from a port stands where its wires can be', () => {
  const flow = loopFlow();
  const inside = insertOnEdge(flow, catalogue, { from: 'each.item', to: 'name.data' }, 'text') ?? '';
  expect(flow.nodes[inside]?.parent).toBe('each');
  const outside = insertOnEdge(flow, catalogue, { from: 'each.results', to: 'names.names' }, 'text') ?? '';
  expect(flow.nodes[outside]).not.toHaveProperty('parent');
  const { x, y } = boxOf(flow, catalogue, 'each');
  const put = addNode(flow, catalogue, { type: 'text', at: { x: x + 200, y: y + 200 } });
  expect(flow.nodes[put]?.parent).toBe('each');
  const led = addNode(flow, catalogue, { type: 'text', from: 'each.results', at: { x: x + 200, y: y + 200 } });
  expect(flow.nodes[led]?.parent).toBe('each');
});

test('a container is moved, copied and deleted with what stands in it', () => {
  const flow = loopFlow();
  moveBy(flow, ['each'], { x: 8, y: 16 });
  expect([flow.layout['each'], flow.layout['name']]).toEqual([
    { x: 368, y: 16, width: 640, height: 360 },
    { x: 528, y: 136 },
  ]);
  expect(duplicateNodes(flow, ['each'], { x: 0, y: 500 })).toEqual(['each_2', 'name_2']);
  expect(flow.nodes['name_2']?.parent).toBe('each_2');
  expect(flow.edges).toContainEqual({ from: 'each_2.item', to: 'name_2.data' });
  duplicateNodes(flow, ['name'], { x: 32, y: 32 });
  expect(flow.nodes['name_3']?.parent).toBe('each');
  removeNodes(flow, ['each']);
  expect(Object.keys(flow.nodes)).toEqual(['rows', 'names', 'each_2', 'name_2']);
});

test('frames grow with their steps, shrink when told to, and are found under a point, innermost first', () => {
  const flow = nested();
  growAround(flow, catalogue, ['deep']);
  const [each, again] = [boxOf(flow, catalogue, 'each'), boxOf(flow, catalogue, 'again')];
  expect(again.x + again.width).toBeLessThanOrEqual(each.x + each.width - frameInset.side);
  expect(containerAt(flow, catalogue, { x: again.x + 10, y: again.y + 10 })).toBe('again');
  expect(containerAt(flow, catalogue, { x: again.x + 10, y: again.y + 10 }, ['again'])).toBe('each');
  expect(containerAt(flow, catalogue, { x: -10, y: 0 })).toBeUndefined();
  removeNodes(flow, ['deep', 'again', 'name']);
  fitFrame(flow, catalogue, 'each');
  expect(boxOf(flow, catalogue, 'each')).toMatchObject(leastFrame);
});

test('tidying sets each container’s inside first, and the frame around it', async () => {
  const flow = nested();
  flow.layout = Object.fromEntries(Object.keys(flow.nodes).map((id) => [id, { x: 0, y: 0 }]));
  const places = await tidyPlaces(flow, catalogue, Object.keys(flow.nodes), new Map());
  for (const [id, place] of Object.entries(places)) flow.layout[id] = place;
  for (const id of ['name', 'again', 'deep']) {
    const box = boxOf(flow, catalogue, id);
    const home = boxOf(flow, catalogue, flow.nodes[id]?.parent ?? '');
    expect(box.x).toBeGreaterThanOrEqual(home.x + frameInset.side);
    expect(box.y + box.height).toBeLessThanOrEqual(home.y + home.height - frameInset.bottom + 8);
  }
  expect(boxOf(flow, catalogue, 'names').x).toBeGreaterThan(boxOf(flow, catalogue, 'each').x + boxOf(flow, catalogue, 'each').width);
});

test('a drop is one undo step: into a container, or back where it was with the reason', async () => {
  const { commands } = await import('../commands.ts');
  const flow = loopFlow();
  flow.nodes['loose'] = { type: 'text', config: { template: '' } };
  const store = testStore(flow);
  const into = commands.dropNodes(store, ['loose'], { loose: { x: 560, y: 200 } });
  expect(into).toMatchObject({ fault: null, into: new Set(['each']) });
  expect(store.getState().flow.nodes['loose']?.parent).toBe('each');
  expect(store.getState().undoStack).toHaveLength(1);
  const before = store.getState().flow;
  expect(commands.dropNodes(store, ['name'], { name: { x: 0, y: 900 } }).fault).toBe('wires');
  expect(store.getState().flow).toBe(before);
  expect(commands.takeOut(store, 'loose')).toBeNull();
  expect(store.getState().flow.nodes['loose']).not.toHaveProperty('parent');
  commands.resize(store, 'each', { x: 360, y: 0, width: 900, height: 20 });
  expect(store.getState().flow.layout['each']?.width).toBe(900);
  expect(store.getState().flow.layout['each']?.height).toBeGreaterThanOrEqual(leastFrame.height);
  commands.fitFrame(store, 'each');
  expect(store.getState().flow.layout['each']?.width).toBe(600);
  commands.nudge(store, ['each'], { x: 8, y: 0 });
  expect(store.getState().flow.layout['name']?.x).toBe(528);
  store.dispose();
});

test('copied steps go into the container that is selected', async () => {
  const { commands } = await import('../commands.ts');
  const store = testStore(loopFlow());
  const copied = JSON.stringify({ ...sampleFlow(), nodes: { draft: sampleFlow().nodes['draft'] }, edges: [] });
  store.select({ nodes: ['each'] });
  const [id = ''] = commands.pasteText(store, copied) ?? [];
  expect(store.getState().flow.nodes[id]?.parent).toBe('each');
  store.select({ nodes: ['each'] });
  const ends = commands.pasteText(store, JSON.stringify(sampleFlow())) ?? [];
  expect(ends.map((one) => store.getState().flow.nodes[one]?.parent)).toEqual([undefined, undefined, undefined, undefined]);
  store.dispose();
});
