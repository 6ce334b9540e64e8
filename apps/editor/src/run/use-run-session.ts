import type { Json } from '@patchbay/flow';
import { type FlowField, flowFace, mayWait } from '@patchbay/node-kit';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { ApiError } from '../api/client.ts';
import { cancelRun, type RunBody, runDraft } from '../api/flows.ts';
import { sentenceOf } from '../api/sentence.ts';
import { savedFirst } from '../app/saved-first.ts';
import { currentLocale } from '../i18n/index.ts';
import { useEditor, useEditorStore } from '../store/context.tsx';
import { type RunSink, startRun, type ToldEvent } from '../store/run-state.ts';
import type { EditorStore } from '../store/types.ts';
import { type DraftError, type Drafts, readDrafts, startDrafts } from './drafts.ts';
import { useDraftWords } from './use-draft-words.ts';
import { pinsSaved } from './use-pins.ts';

/** One step alone, or a step with what comes after it. */
export type RunPart = Pick<RunBody, 'only' | 'from'>;

/** The Run form of an open flow, and the run it starts. */
export interface RunSession {
  fields: FlowField[];
  drafts: Drafts;
  /** The sentence at each field that is wrong, once it was tried to run. */
  errors: ReadonlyMap<string, string>;
  running: boolean;
  setDraft: (id: string, value: Json) => void;
  /** Fills the form with an example's inputs. */
  fill: (inputs: Record<string, Json>) => void;
  /** The inputs as they would be sent. */
  inputs: () => Record<string, Json>;
  /** Runs all, or a part. False where the form is not right yet; a part then takes the inputs of the run before. */
  start: (part?: RunPart) => boolean;
  stop: () => void;
}

export function useRunSession(): RunSession {
  const store = useEditorStore();
  const flow = useEditor((state) => state.flow);
  const running = useEditor((state) => state.run.phase === 'running');
  const queries = useQueryClient();
  const say = useDraftWords();
  const nodes = flow.nodes;
  const fields = useMemo(() => flowFace({ ...store.getState().flow, nodes }, store.catalogue).inputs, [store, nodes]);
  const [typed, setTyped] = useState<Drafts>({});
  const [filled, setFilled] = useState(() => store.getState().flow.examples?.[0]?.inputs);
  const [told, setTold] = useState<ReadonlyMap<string, DraftError>>(new Map());
  const abort = useRef<AbortController | null>(null);
  const drafts = useMemo(() => ({ ...startDrafts(fields, filled), ...typed }), [fields, filled, typed]);

  useEffect(() => () => abort.current?.abort(), []);

  const start = useCallback(
    (part?: RunPart) => {
      const { inputs, errors } = readDrafts(fields, drafts);
      if (part === undefined) setTold(errors);
      if (errors.size > 0 && part === undefined) return false;
      abort.current?.abort();
      const control = new AbortController();
      abort.current = control;
      const body = { ...part, ...(errors.size > 0 ? {} : { inputs }) };
      void performRun(store, body, control.signal).finally(() => void queries.invalidateQueries({ queryKey: ['runs'] }));
      return true;
    },
    [fields, drafts, store, queries],
  );

  return {
    fields,
    drafts,
    running,
    errors: useMemo(() => {
      const titles = new Map(fields.map((field) => [field.id, field.title]));
      return new Map([...told].map(([id, error]) => [id, say(error, titles.get(id) ?? id)]));
    }, [told, say, fields]),
    setDraft: (id, value) => {
      setTyped((before) => ({ ...before, [id]: value }));
      setTold((before) => new Map([...before].filter(([other]) => other !== id)));
    },
    fill: (inputs) => {
      setFilled(inputs);
      setTyped({});
      setTold(new Map());
    },
    inputs: () => readDrafts(fields, drafts).inputs,
    start,
    stop: () => {
      abort.current?.abort();
      stopDurable(store);
    },
  };
}

/** Saves, runs what was saved and hands every event to the canvas. */
async function performRun(store: EditorStore, body: RunBody, signal: AbortSignal): Promise<void> {
  const sink = startRun(store);
  const began = Date.now();
  let ended = false;
  try {
    await savedFirst(store);
    await pinsSaved(store);
    for await (const event of runDraft(store.getState().flowId, body, signal)) {
      sink.push(await told(event));
      if (event.type === 'run-end') ended = true;
    }
    if (!ended) endHere(sink, began, 'interrupted');
  } catch (error) {
    if (ended) return;
    if (signal.aborted) endHere(sink, began, 'cancelled');
    else sink.fail(runSentence(error));
  }
}

/** An event with the sentence of what failed; steps that failed inside a run which went on come without one. */
async function told(event: ToldEvent): Promise<ToldEvent> {
  if (event.type !== 'step-end' || event.error === undefined || 'message' in event.error) return event;
  const { tellFailure } = await import('./tell-failure.ts');
  return { ...event, error: tellFailure(event.error, currentLocale()) };
}

/** A run of a flow that may wait goes on when its reader leaves: it is stopped by name. One that has ended meanwhile is as good. */
function stopDurable(store: EditorStore): void {
  const { flow, run } = store.getState();
  // It cannot be told from here which flows inside it wait, so every run of one that may hold some is asked.
  const waits = Object.values(flow.nodes).some(({ type, config }) => {
    const definition = store.catalogue.get(type);
    return type === 'sub_flow' || (definition !== undefined && mayWait(definition, config));
  });
  if (waits && run.id !== undefined && run.phase === 'running') void cancelRun(run.id).catch(() => undefined);
}

/** The server's end of the run was not heard: the canvas is told what we know. */
function endHere(sink: RunSink, began: number, status: 'cancelled' | 'interrupted'): void {
  const usage = { calls: 0, inputTokens: 0, outputTokens: 0, costUsd: null, estimated: true };
  sink.push({ type: 'run-end', status, outputs: {}, usage, simulated: false, durationMs: Date.now() - began });
}

/** What is wrong in particular says it better than that something is. */
function runSentence(error: unknown): string {
  const details = error instanceof ApiError ? (error.problem?.errors ?? []) : [];
  return details.length === 0
    ? sentenceOf(error)
    : details
        .slice(0, 3)
        .map((item) => item.message)
        .join(' ');
}
