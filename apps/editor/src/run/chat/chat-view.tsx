import './words.ts';
import { MessageSquarePlus, SendHorizontal, Square } from 'lucide-react';
import { type KeyboardEvent, type Ref, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { TextArea } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { join } from '../../ui/join.ts';
import { RichText } from '../../ui/rich-text.tsx';
import { InputForm } from '../input-form.tsx';
import type { RunSession } from '../use-run-session.ts';
import type { ChatFace } from './chat-face.ts';
import type { Said } from './thread.ts';
import { useChat } from './use-chat.ts';

export interface ChatViewProps {
  session: RunSession;
  face: ChatFace;
  /** Where one writes, for the focus of a fresh flow. */
  runRef: Ref<HTMLElement>;
}

/** A flow that talks, tried by talking to it. */
export function ChatView({ session, face, runRef }: ChatViewProps) {
  const { t } = useTranslation('chat');
  const chat = useChat(session, face);
  const typed = session.drafts[face.message];
  const text = typeof typed === 'string' ? typed : '';
  const others = session.fields.filter(({ id }) => id !== face.message && id !== face.conversation);
  const end = useRef<HTMLDivElement>(null);
  const { live } = chat;
  const count = chat.said.length;
  const send = (): void => {
    if (!session.running && text.trim() !== '') session.start();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // Enter that ends the choice of a Chinese word is not meant for us.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    if (event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    send();
  };
  useEffect(() => {
    // Newer browsers answer with a promise, which is nothing an effect may give.
    if (count > 0 || live !== undefined) end.current?.scrollIntoView?.({ block: 'nearest' });
  }, [count, live]);
  return (
    <>
      <div className="flex items-center gap-2 border-b px-4 py-1">
        <h2 className="flex-1 text-body font-semibold">{t('talk')}</h2>
        <Button size="small" look="quiet" icon={<MessageSquarePlus />} disabled={session.running} onClick={chat.fresh}>
          {t('fresh')}
        </Button>
      </div>
      <div
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keys that scroll.
        tabIndex={0}
        role="log"
        aria-label={t('talk')}
        aria-busy={chat.pending}
        className="scroll flex min-h-0 flex-1 flex-col gap-3 px-4 py-3"
      >
        {chat.said.length === 0 && <p className="m-auto max-w-[32ch] text-center text-body text-ink3 text-pretty">{t('empty')}</p>}
        {chat.said.map((said, index) => (
          <Bubble key={index} said={said} />
        ))}
        {chat.pending && <Bubble said={{ who: 'flow', text: chat.live ?? '' }} writing />}
        <div ref={end} />
      </div>
      <div className="flex flex-col gap-3 border-t px-4 py-2">
        {others.length > 0 && <InputForm session={session} fields={others} />}
        <div className="flex items-end gap-2">
          <TextArea
            ref={runRef as Ref<HTMLTextAreaElement>}
            rows={2}
            aria-label={t('message')}
            placeholder={t('placeholder')}
            value={text}
            className="max-h-40 resize-none"
            onChange={(event) => session.setDraft(face.message, event.target.value)}
            onKeyDown={onKeyDown}
          />
          {session.running ? (
            <IconButton label={t('stop')} icon={<Square />} onClick={session.stop} />
          ) : (
            <IconButton label={t('send')} icon={<SendHorizontal />} disabled={text.trim() === ''} onClick={send} />
          )}
        </div>
      </div>
    </>
  );
}

function Bubble({ said: { who, text, note }, writing = false }: { said: Said; writing?: boolean }) {
  const { t } = useTranslation('chat');
  const mine = who === 'you';
  return (
    <div className={join('flex max-w-[85%] flex-col gap-1', mine ? 'items-end self-end' : 'items-start self-start')}>
      <span className="text-meta text-ink3">
        {t(who)}
        {writing && ` ${t('writing')}`}
      </span>
      {text !== '' && (
        <div
          className={join(
            'min-w-0 max-w-full rounded-card border px-3 py-2 text-field leading-[22px]',
            mine ? 'border-transparent bg-sunken' : 'bg-surface',
          )}
        >
          {mine ? <p className="break-words whitespace-pre-wrap">{text}</p> : <RichText text={text} />}
        </div>
      )}
      {note !== undefined && (
        <p role={note.kind === 'failed' ? 'alert' : undefined} className={`text-port ${note.kind === 'failed' ? 'text-bad' : 'text-ink3'}`}>
          {note.kind === 'failed' ? note.sentence : t(note.kind)}
        </p>
      )}
    </div>
  );
}
