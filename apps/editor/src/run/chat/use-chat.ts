import { useEffect, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/client.ts';
import { deleteConversation, readConversation } from '../../api/flows.ts';
import { useEditor, useEditorStore } from '../../store/context.tsx';
import type { RunState } from '../../store/types.ts';
import type { RunSession } from '../use-run-session.ts';
import type { ChatFace } from './chat-face.ts';
import { changeThread, freshThread, onThread, type Said, type Thread, threadOf } from './thread.ts';

export interface Chat extends Thread {
  /** What the flow is just saying; undefined while it says nothing. */
  live: string | undefined;
  fresh: () => void;
}

/** The talk beside the run: what the form sends becomes what you said, and what the run gives what the flow said. */
export function useChat(session: RunSession, face: ChatFace): Chat {
  const { t } = useTranslation('chat');
  const flowId = useEditorStore().getState().flowId;
  const run = useEditor((state) => state.run);
  const thread = useSyncExternalStore(onThread, () => threadOf(flowId));
  const { conversation, said, pending, read } = thread;
  const { setDraft } = session;
  const typed = session.drafts[face.message];
  const named = session.drafts[face.conversation];
  const lost = t('lost');

  useEffect(() => {
    if (named !== conversation) setDraft(face.conversation, conversation);
  }, [named, conversation, setDraft, face.conversation]);

  useEffect(() => {
    if (read) return;
    changeThread(flowId, { read: true });
    void earlier(flowId, conversation, lost).then((before) => changeThread(flowId, { said: [...before, ...threadOf(flowId).said] }));
  }, [read, flowId, conversation, lost]);

  // A run may begin by the button, by Enter or by its keys: what the form held then is what was said.
  useEffect(() => {
    if (run.phase !== 'running' || pending || typeof typed !== 'string' || typed.trim() === '') return;
    changeThread(flowId, { pending: true, said: [...said, { who: 'you', text: typed }] });
    setDraft(face.message, '');
  }, [run.phase, pending, typed, said, flowId, setDraft, face.message]);

  useEffect(() => {
    if (run.phase !== 'ended' || !pending) return;
    changeThread(flowId, { pending: false, said: [...said, answerOf(run, face.reply)] });
  }, [run, pending, said, flowId, face.reply]);

  return {
    ...thread,
    live: run.phase === 'running' && pending ? textOf(run, face.reply) : undefined,
    fresh: () => void deleteConversation(flowId, freshThread(flowId)).catch(() => undefined),
  };
}

const textOf = (run: RunState, reply: string): string => (Object.hasOwn(run.outputs, reply) ? (run.outputs[reply]?.text ?? '') : '');

function answerOf(run: RunState, reply: string): Said {
  const value = Object.hasOwn(run.outputs, reply) ? run.outputs[reply]?.value : undefined;
  const text = typeof value === 'string' ? value : textOf(run, reply);
  const { result, failure } = run;
  const sentence = failure ?? sentenceIn(result?.error);
  if (result?.status === 'cancelled' || result?.status === 'interrupted') return { who: 'flow', text, note: { kind: 'stopped' } };
  if (sentence !== undefined) return { who: 'flow', text, note: { kind: 'failed', sentence } };
  return text === '' ? { who: 'flow', text, note: { kind: 'nothing' } } : { who: 'flow', text };
}

/** The sentence the server made for this reader. */
function sentenceIn(error: object | undefined): string | undefined {
  if (error === undefined) return undefined;
  return 'message' in error && typeof error.message === 'string' ? error.message : 'reason' in error ? String(error.reason) : '';
}

/** What was said before the page was opened; a talk the server does not know has not begun. */
async function earlier(flowId: string, conversation: string, lost: string): Promise<Said[]> {
  try {
    const { messages } = await readConversation(flowId, conversation);
    return messages.map(({ role, content }) => ({ who: role === 'user' ? 'you' : 'flow', text: content }));
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return [];
    return [{ who: 'flow', text: '', note: { kind: 'failed', sentence: lost } }];
  }
}
