import { nestsDeeper } from '@patchbay/node-kit/nests-deeper';
import type { QuickJSContext, QuickJSHandle, QuickJSWASMModule } from 'quickjs-emscripten-core';
import { codeLimits } from './limits.ts';
import type { CodeAnswer, CodeFault, CodeJob } from './messages.ts';

/**
 * Runs code in a QuickJS of its own: another interpreter, in WebAssembly memory of its own, in which there is nothing
 * but the language. Texts go in and a text comes out; what makes JSON of the result is inside, too.
 */
export function runInQuickJs(quickjs: QuickJSWASMModule, job: CodeJob): CodeAnswer {
  const runtime = quickjs.newRuntime();
  runtime.setMemoryLimit(codeLimits.heapBytes);
  runtime.setMaxStackSize(codeLimits.stackBytes);
  const vm = runtime.newContext();
  const log: string[] = [];
  try {
    const tools = prepare(vm, log);
    return answer(vm, tools, job, log);
  } catch (error) {
    return failed('memory', error instanceof Error ? error.message : '');
  }
  // Nothing is freed: the thread and its memory are thrown away after this one job.
}

interface Tools {
  parse: QuickJSHandle;
  print: QuickJSHandle;
  describe: QuickJSHandle;
}

/** Taken before the author's code can change them, so that its own JSON or console do not confuse ours. */
const prelude = `(() => {
  'use strict';
  const { parse, stringify } = JSON;
  const text = (value) => {
    if (typeof value === 'string') return value;
    try { return stringify(value) ?? String(value); } catch { return String(value); }
  };
  const line = (values) => { let out = ''; for (let i = 0; i < values.length; i += 1) out += (i === 0 ? '' : ' ') + text(values[i]); return out; };
  const write = globalThis.__log;
  delete globalThis.__log;
  const log = (...values) => { write(line(values)); };
  globalThis.console = { log, info: log, debug: log, warn: log, error: log };
  const describe = (error) => {
    const own = (key) => { try { const value = error[key]; return value === undefined ? '' : String(value); } catch { return ''; } };
    if (typeof error !== 'object' || error === null) return stringify({ name: '', message: text(error), stack: '' });
    return stringify({ name: own('name'), message: own('message') || (own('name') === '' ? text(error) : ''), stack: own('stack') });
  };
  const print = (value) => value === undefined ? 'null' : stringify(value);
  return { parse, print, describe };
})()`;

function prepare(vm: QuickJSContext, log: string[]): Tools {
  const write = vm.newFunction('log', (line) => {
    if (log.length >= codeLimits.logLines) return;
    log.push(log.length === codeLimits.logLines - 1 ? '…' : vm.getString(line).slice(0, codeLimits.logLineLength));
  });
  vm.setProp(vm.global, '__log', write);
  const made = vm.unwrapResult(vm.evalCode(prelude, 'prelude.js'));
  return { parse: vm.getProp(made, 'parse'), print: vm.getProp(made, 'print'), describe: vm.getProp(made, 'describe') };
}

/** Words that cannot name a variable; inputs of these names are still in \`inputs\`. */
const reserved = new Set(
  'arguments await break case catch class console const continue debugger default delete do else enum eval export extends false finally for function if implements import in inputs instanceof interface let new null package private protected public return static super switch this throw true try typeof undefined var void while with yield'.split(
    ' ',
  ),
);

function answer(vm: QuickJSContext, tools: Tools, job: CodeJob, log: string[]): CodeAnswer {
  const names = job.names.filter((name) => !reserved.has(name));
  const compiled = vm.evalCode(`(async function (inputs, ${names.join(', ')}) { 'use strict';\n${job.source}\n})`, 'code.js');
  if (compiled.error !== undefined) return describeError(vm, tools, compiled.error);
  const inputs = vm.unwrapResult(vm.callFunction(tools.parse, vm.undefined, vm.newString(job.inputs)));
  const called = vm.callFunction(compiled.value, vm.undefined, inputs, ...names.map((name) => vm.getProp(inputs, name)));
  if (called.error !== undefined) return describeError(vm, tools, called.error);
  while (vm.runtime.hasPendingJob()) {
    const worked = vm.runtime.executePendingJobs(100);
    if (worked.error !== undefined) return describeError(vm, tools, worked.error);
  }
  const state = vm.getPromiseState(called.value);
  if (state.type === 'pending') return failed('never_settles');
  if (state.type === 'rejected') return describeError(vm, tools, state.error);
  return print(vm, tools, state.value, log);
}

/** Getters and \`toJSON\` of the result run in here, under the same limits. */
function print(vm: QuickJSContext, tools: Tools, value: QuickJSHandle, log: string[]): CodeAnswer {
  const printed = vm.callFunction(tools.print, vm.undefined, value);
  if (printed.error !== undefined) return describeError(vm, tools, printed.error, 'not_json');
  if (vm.typeof(printed.value) !== 'string') return failed('not_json');
  if (vm.getNumber(vm.getProp(printed.value, 'length')) > codeLimits.outputLength) return failed('too_long');
  const json = vm.getString(printed.value);
  return nestsDeeper(json, codeLimits.outputDepth) ? failed('too_deep') : { kind: 'done', json, log };
}

function describeError(vm: QuickJSContext, tools: Tools, error: QuickJSHandle, fault: CodeFault = 'threw'): CodeAnswer {
  const described = vm.callFunction(tools.describe, vm.undefined, error);
  if (described.error !== undefined) return failed(fault);
  const { name, message, stack } = readError(vm.getString(described.value));
  if (name === 'InternalError' && message === 'out of memory') return failed('memory');
  // The author's code begins on the second line of what was compiled.
  const line = Number(/code\.js:(\d+)/.exec(stack)?.[1] ?? 0) - 1;
  return { kind: 'failed', fault, name: name.slice(0, 80), message: message.slice(0, 500), line: Math.max(0, line) };
}

function readError(json: string): { name: string; message: string; stack: string } {
  const read = JSON.parse(json) as Record<string, unknown>;
  const text = (key: string): string => (typeof read[key] === 'string' ? read[key] : '');
  return { name: text('name'), message: text('message'), stack: text('stack') };
}

const failed = (fault: CodeFault, message = ''): CodeAnswer => ({ kind: 'failed', fault, name: '', message, line: 0 });
