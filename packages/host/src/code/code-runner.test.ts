import type { Json } from '@patchbay/flow';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { createCodeRunner } from './code-runner.ts';
import { startThread } from './code-thread.ts';
import { readAnswer } from './messages.ts';

// A thread starts when the machine gets round to it.
vi.setConfig({ testTimeout: 60_000 });

const runner = createCodeRunner();
afterAll(() => runner.close());

const never = new AbortController().signal;
/** Time enough on a busy machine for what is expected to end by itself. */
const run = (source: string, inputs: Record<string, Json> = {}, timeoutMs = 30_000) => runner.run({ source, inputs, timeoutMs }, never);
const value = async (source: string, inputs?: Record<string, Json>) => (await run(source, inputs)).value;

describe('code', () => {
  test('sees its values as variables and in `inputs`, and answers with JSON', async () => {
    expect(await value('return { sum: a + b.c, all: inputs }', { a: 1, b: { c: 2 } })).toEqual({ sum: 3, all: { a: 1, b: { c: 2 } } });
    expect(await value('return inputs.class + inputs.console', { class: 'x', console: 'y' })).toBe('xy');
    expect(await value('')).toBeNull();
    expect(await value('return [undefined, NaN, new Date(0), new Map([[1, 2]])]')).toEqual([null, null, '1970-01-01T00:00:00.000Z', {}]);
  });

  test('may wait for its own promises', async () => {
    expect(await value('const later = async (n) => n * 2; return (await Promise.all([1, 2].map(later))).concat(await 3)')).toEqual([
      2, 4, 3,
    ]);
  });

  test('writes lines, a thousand at the most', async () => {
    expect((await run('console.log("a", 1, { b: [null] }, undefined); console.warn("c")')).log).toEqual([
      'a 1 {"b":[null]} undefined',
      'c',
    ]);
    const { log } = await run('for (let i = 0; i < 5000; i += 1) console.log(i); console.log("x".repeat(9999))');
    expect(log).toHaveLength(1_000);
    expect(log.at(-1)).toBe('…');
    expect((await run('console.log("x".repeat(9999))')).log[0]).toHaveLength(2_000);
  });

  test.each<[string, string, string, number]>([
    ['const a = ;', 'code_threw_at', 'SyntaxError', 1],
    ['\nreturn missing.name', 'code_threw_at', "ReferenceError: 'missing' is not defined", 2],
    ['\n\nthrow new TypeError("no")', 'code_threw_at', 'TypeError: no', 3],
    ['throw "plain"', 'code_threw', 'plain', 0],
    ['throw null', 'code_threw', 'null', 0],
    ['await Promise.reject(new Error("late"))', 'code_threw_at', 'Error: late', 1],
    ['throw { get message() { throw 1 }, get name() { throw 2 } }', 'code_threw', '', 0],
  ])('%j fails with its own words and line', async (source, reason, message, line) => {
    await expect(run(source)).rejects.toMatchObject({
      errorClass: 'invalid_input',
      reason,
      params: { message: expect.stringContaining(message), line },
    });
  });
});

/** What code tries to get at the host. None may find anything there, and the host must stay as it was. */
const escapes: [name: string, source: string, expected: Json][] = [
  [
    'the constructor of constructors',
    'return [].constructor.constructor("return typeof process + typeof require + typeof fetch")()',
    'undefinedundefinedundefined',
  ],
  ['the constructor of a value from outside', 'return inputs.a.constructor.constructor("return typeof process")()', 'undefined'],
  ['eval of the global object', 'return (0, eval)("typeof globalThis.process")', 'undefined'],
  ['the caller', 'return String((function () { try { return arguments.callee.caller } catch { return "none" } })())', 'none'],
  [
    'names of a host',
    'return ["process", "require", "module", "fetch", "setTimeout", "setInterval", "setImmediate", "queueMicrotask", "WebAssembly", "Worker", "postMessage", "structuredClone", "navigator", "performance", "Deno", "Bun", "std", "os", "__log"].filter((name) => name in globalThis)',
    [],
  ],
  ['a log function that leads outside', 'return console.log.constructor("return typeof process")()', 'undefined'],
  [
    'pollution of the prototype',
    'Object.prototype.polluted = 1; Array.prototype.map = null; JSON.stringify = () => "7"; JSON.parse = null; return { ok: true }',
    { ok: true },
  ],
  ['a key that is a prototype', 'return JSON.parse(\'{"__proto__":{"polluted":1}}\')', JSON.parse('{"__proto__":{"polluted":1}}') as Json],
  ['a getter on the result', 'return { get a() { return typeof process } }', { a: 'undefined' }],
  ['toJSON of the result', 'return { toJSON: () => ({ typed: typeof process }) }', { typed: 'undefined' }],
  [
    'a proxy as the result',
    'return new Proxy({}, { ownKeys: () => ["a"], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }), get: (_, key) => String(key) })',
    expect.anything() as never,
  ],
  ['a promise with a forged then', 'return { then: (resolve) => resolve(5) }', 5],
  [
    'shared memory to time with',
    'return typeof Atomics === "undefined" || typeof Atomics.wait === "undefined" || (() => { try { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1); return false } catch { return true } })()',
    true,
  ],
  ['a wrapper that is closed early', '}); globalThis.out = 1; (async function () { return typeof process', 'undefined'],
];

describe('no way out', () => {
  test.each(escapes)('%s', async (_name, source, expected) => {
    expect((await runOrReason(source, { a: [1] })) as Json).toEqual(expected);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test.each(['import fs from "fs"; return fs', 'return await import("node:fs")', 'return import.meta.url'])('%s', async (source) => {
    await expect(run(source)).rejects.toMatchObject({ errorClass: 'invalid_input' });
  });

  test('nothing is left for the next run', async () => {
    await run('globalThis.kept = 1; Object.prototype.kept = 2; return 1');
    expect(await value('return typeof kept + typeof ({}).kept')).toBe('undefinedundefined');
  });
});

async function runOrReason(source: string, inputs: Record<string, Json>): Promise<unknown> {
  return run(source, inputs).then(
    (result) => result.value,
    (error: { reason?: string }) => error.reason,
  );
}

/** What never ends by itself. The time is short, so that the test is; each must be stopped from outside. */
const endless: [name: string, source: string][] = [
  ['a loop', 'for (;;);'],
  ['a loop that catches', 'for (;;) try { throw 1 } catch {}'],
  ['a pattern that backtracks', 'return /^(a+)+$/.test("a".repeat(64) + "b")'],
  ['promises without end', 'const turn = () => Promise.resolve().then(turn); await turn()'],
  ['a getter without end', 'return { get a() { for (;;); } }'],
  ['toJSON without end', 'return { toJSON() { for (;;); } }'],
  ['a thenable without end', 'return { then() { for (;;); } }'],
  ['an error that tells itself without end', 'throw { get stack() { for (;;); } }'],
  ['sorting without end', 'return [1, 2].sort(() => { for (;;); })'],
];

/** What takes more than there is. */
const greedy: [name: string, source: string, reasons: string[]][] = [
  ['a giant buffer', 'return new ArrayBuffer(1e9).byteLength', ['code_memory']],
  ['a giant text', 'return "x".repeat(1e9).length', ['code_memory', 'code_threw_at']],
  ['a list that grows', 'const a = []; for (;;) a.push(new ArrayBuffer(4_000_000))', ['code_memory']],
  ['a text that doubles', 'let a = "abc"; for (;;) a += a + 1', ['code_memory', 'code_threw_at']],
  ['recursion', 'const again = () => again() + 1; return again()', ['code_threw_at']],
  ['recursion of a value', 'const a = {}; a.a = a; return a', ['code_not_json']],
  ['nesting', 'let a = []; for (let i = 0; i < 150; i += 1) a = [a]; return a', ['code_too_deep']],
  ['a long answer', 'return "x".repeat(8 * 1024 * 1024)', ['code_too_long']],
  ['a number JSON does not have', 'return 10n', ['code_not_json']],
  ['nothing JSON has', 'return () => 1', ['code_not_json']],
  ['waiting for nothing', 'await new Promise(() => {})', ['code_never_settles']],
];

describe('no way to wear it out', () => {
  test.each(endless)('%s is stopped', async (_name, source) => {
    await expect(run(source, {}, 200)).rejects.toMatchObject({ errorClass: 'timeout', reason: 'code_timeout', params: { seconds: 0.2 } });
  });

  test.each(greedy)('%s is refused', async (_name, source, reasons) => {
    // Near its limit the heap is swept again and again; a busy machine may reach the deadline first.
    await expect(run(source)).rejects.toMatchObject({
      errorClass: expect.toBeOneOf(['invalid_input', 'timeout']),
      reason: expect.toBeOneOf([...reasons, 'code_timeout']),
    });
  });

  test('after all of that the next run is as good as the first', async () => expect(await value('return 1 + 1')).toBe(2));

  test('too much code and too large inputs are refused before a thread is asked', async () => {
    await expect(run(' '.repeat(200_001))).rejects.toMatchObject({ reason: 'text_too_long', params: { limit: 200_000 } });
    await expect(run('return 1', { a: 'x'.repeat(10 * 1024 * 1024) })).rejects.toMatchObject({ reason: 'text_too_long' });
  });
});

test('no run is longer than thirty seconds, whatever was asked for', async () => {
  const waits: number[] = [];
  const timers = globalThis.setTimeout;
  globalThis.setTimeout = ((work: () => void, ms?: number) => {
    if (ms !== undefined && ms >= 30_000) waits.push(ms);
    return timers(work, ms);
  }) as typeof setTimeout;
  await runner.run({ source: 'return 1', inputs: {}, timeoutMs: 10 ** 9 }, never).finally(() => {
    globalThis.setTimeout = timers;
  });
  expect(waits).toContain(30_000);
});

test('a step that is stopped stops its code, waiting or running', async () => {
  const one = createCodeRunner({ atOnce: 1 });
  const [first, second] = [new AbortController(), new AbortController()];
  const running = one.run({ source: 'for (;;);', inputs: {}, timeoutMs: 30_000 }, first.signal);
  const waiting = one.run({ source: 'return 1', inputs: {} }, second.signal);
  second.abort();
  await expect(waiting).rejects.toMatchObject({ errorClass: 'cancelled' });
  first.abort();
  await expect(running).rejects.toMatchObject({ errorClass: 'cancelled' });
  await expect(one.run({ source: 'return 1', inputs: {} }, first.signal)).rejects.toMatchObject({ errorClass: 'cancelled' });
  expect((await one.run({ source: 'return 3', inputs: {}, timeoutMs: 30_000 }, never)).value).toBe(3);
  await one.close();
});

test('a thread that dies in mid-run costs that run alone, and a spare that died is replaced', async () => {
  const threads: ReturnType<typeof startThread>[] = [];
  const own = createCodeRunner({
    start: () => {
      const thread = startThread();
      threads.push(thread);
      return thread;
    },
  });
  const lost = own.run({ source: 'for (;;);', inputs: {}, timeoutMs: 30_000 }, never);
  await Promise.resolve();
  await threads[0]?.ready;
  await threads[0]?.kill();
  await expect(lost).rejects.toMatchObject({ errorClass: 'internal', reason: 'code_crashed' });
  await threads.at(-1)?.kill();
  expect((await own.run({ source: 'return 4', inputs: {}, timeoutMs: 30_000 }, never)).value).toBe(4);
  await own.close();
});

test('many at once wait for their turn, and too many are sent away', async () => {
  const small = createCodeRunner({ atOnce: 2, waiting: 3 });
  const all = await Promise.allSettled(
    Array.from({ length: 7 }, (_, n) => small.run({ source: 'return n', inputs: { n }, timeoutMs: 30_000 }, never)),
  );
  expect(all.map((one) => (one.status === 'fulfilled' ? one.value.value : (one.reason as { reason: string }).reason))).toEqual([
    0,
    1,
    2,
    3,
    4,
    'code_busy',
    'code_busy',
  ]);
  await small.close();
});

test('only an answer of the agreed shape is read', () => {
  expect(readAnswer({ kind: 'done', json: '1', log: ['a'], more: 1 })).toEqual({ kind: 'done', json: '1', log: ['a'] });
  const failed = { kind: 'failed', fault: 'threw', name: 'Error', message: 'x', line: 2 };
  expect(readAnswer(failed)).toEqual(failed);
  for (const wrong of [
    null,
    'done',
    {},
    { kind: 'done', json: 1, log: [] },
    { kind: 'done', json: '1', log: [1] },
    { ...failed, fault: 'other' },
    { ...failed, line: '2' },
  ])
    expect(readAnswer(wrong)).toBeUndefined();
});
