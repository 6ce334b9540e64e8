import { parentPort } from 'node:worker_threads';
import variant from '@jitl/quickjs-singlefile-mjs-release-sync';
import { newQuickJSWASMModuleFromVariant } from 'quickjs-emscripten-core';
import { runInQuickJs } from './in-quickjs.ts';
import type { CodeJob } from './messages.ts';

/** A thread for one job: it says when it is ready, takes the job, answers, and is thrown away by the host. */
const quickjs = await newQuickJSWASMModuleFromVariant(variant);
parentPort?.once('message', (job: CodeJob) => parentPort?.postMessage(runInQuickJs(quickjs, job)));
parentPort?.postMessage('ready');
