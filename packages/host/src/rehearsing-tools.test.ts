import type { ToolDefinition } from '@patchbay/models';
import { expect, test } from 'vitest';
import { callsOfAll, rehearsingMcp } from './rehearsing-tools.ts';

const tool = (name: string, properties: Record<string, Record<string, string | string[]>>): ToolDefinition => ({
  name,
  description: '',
  inputSchema: { type: 'object', properties },
});
const clock = tool('clock', {});
const turn = tool('turn', { way: { type: 'string', enum: ['left', 'right'] } });
const find = tool('find', { question: { type: 'string' }, count: { type: 'integer' }, way: { type: 'string', enum: ['left', 'right'] } });

const asked = (tools: ToolDefinition[], turns: number) =>
  callsOfAll({ model: 'm', tools, messages: Array.from({ length: turns }, () => ({ role: 'user' as const, content: 'x' })) });

test('each tool is called once, with arguments that fit and are others in the next turn', () => {
  const [first, second] = [1, 3].map((turns) => asked([find, tool('add', { a: { type: 'number' } })], turns));
  expect(first).toMatchObject([
    { type: 'tool-call', name: 'find', input: { question: 'demo 1', count: 1, way: 'left' } },
    { name: 'add', input: { a: 1 } },
  ]);
  expect(second).toMatchObject([{ input: { question: 'demo 3', count: 3, way: 'left' } }, { input: { a: 3 } }]);
  const ids = [...(first ?? []), ...(second ?? [])].map((part) => ('id' in part ? part.id : ''));
  expect(new Set(ids).size).toBe(4);
});

test('tools that can only be called one way are left alone, unless there are no others', () => {
  const names = (tools: ToolDefinition[]) => asked(tools, 1).map((part) => ('name' in part ? part.name : ''));
  expect(names([clock, find, turn])).toEqual(['find']);
  expect(names([clock, turn])).toEqual(['clock', 'turn']);
  expect(callsOfAll({ model: 'm', messages: [] })).toEqual([]);
});

test('a server of tools is never asked, and has some', async () => {
  const session = rehearsingMcp.connect({ url: 'https://example.com/mcp', headers: {}, secrets: {}, timeoutMs: 1_000 });
  expect(await session.tools()).toMatchObject([{ name: 'tool' }]);
  expect(String(await session.call('tool', {})).length).toBeGreaterThan(100);
  await session.close();
});
