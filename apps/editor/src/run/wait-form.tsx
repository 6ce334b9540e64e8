import type { Json } from '@patchbay/flow';
import type { FlowField } from '@patchbay/node-kit';
import type { WaitResource } from '@patchbay/services/resources';
import { Clock, MessageCircleQuestion } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerWait } from '../api/flows.ts';
import { sentenceOf } from '../api/sentence.ts';
import { useLocale } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { formatMoment } from '../ui/format.ts';
import { RichText } from '../ui/rich-text.tsx';
import { readDrafts, startDrafts } from './drafts.ts';
import { FailureNote } from './failure-note.tsx';
import { InputField } from './input-form.tsx';
import { useDraftWords } from './use-draft-words.ts';

interface WaitFormProps {
  run: string;
  wait: WaitResource;
  /** The answer was taken. */
  onAnswered?: (() => void) | undefined;
}

/** What a run waits for: a person's answer in a form, or a time. */
export function WaitForm({ run, wait, onAnswered }: WaitFormProps) {
  const { t } = useTranslation('reuse');
  const locale = useLocale();
  if (wait.kind === 'person') return <PersonForm run={run} wait={wait} onAnswered={onAnswered} />;
  return (
    <section aria-label={t('wait.timeTitle')} className="flex items-start gap-3 rounded-card border bg-surface p-4 text-body">
      <Clock className="mt-0.5 size-4 shrink-0 text-ink3" aria-hidden />
      <div>
        <h3 className="font-medium">{t('wait.timeTitle')}</h3>
        {wait.until !== null && <p className="text-ink2">{t('wait.timeUntil', { moment: formatMoment(wait.until, locale) })}</p>}
      </div>
    </section>
  );
}

type Sending = { kind: 'open' } | { kind: 'sending' } | { kind: 'sent' } | { kind: 'refused'; message: string };

function PersonForm({ run, wait, onAnswered }: WaitFormProps) {
  const { t } = useTranslation('reuse');
  const locale = useLocale();
  const say = useDraftWords();
  const fields = (wait.fields ?? []).map(asField);
  const [drafts, setDrafts] = useState(() => startDrafts(fields, undefined));
  const [wrong, setWrong] = useState<ReadonlyMap<string, string>>(new Map());
  const [state, setState] = useState<Sending>({ kind: 'open' });
  const late = useIsOver(wait.until);
  const send = async () => {
    const { inputs, errors } = readDrafts(fields, drafts);
    setWrong(new Map([...errors].map(([id, error]) => [id, say(error, fields.find((field) => field.id === id)?.title ?? id)])));
    if (errors.size > 0) return;
    setState({ kind: 'sending' });
    try {
      await answerWait(run, wait.id, inputs);
      setState({ kind: 'sent' });
      onAnswered?.();
    } catch (error) {
      setState({ kind: 'refused', message: sentenceOf(error) });
    }
  };
  const change = (id: string, value: Json) => {
    setDrafts((before) => ({ ...before, [id]: value }));
    setWrong((before) => new Map([...before].filter(([other]) => other !== id)));
  };
  return (
    <form
      aria-label={t('wait.title')}
      noValidate
      className="flex max-w-[560px] flex-col gap-4 rounded-card border border-accent/50 bg-surface p-4"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <header className="flex items-start gap-3">
        <MessageCircleQuestion className="mt-0.5 size-4 shrink-0 text-accent" aria-hidden />
        <div className="min-w-0 flex-1">
          <h3 className="text-body font-semibold">{t('wait.title')}</h3>
          {wait.until !== null && <p className="text-port text-ink3">{t('wait.until', { moment: formatMoment(wait.until, locale) })}</p>}
        </div>
      </header>
      {wait.message !== undefined && wait.message !== '' && <RichText text={wait.message} />}
      {state.kind === 'sent' || late ? (
        <p role="status" className={state.kind === 'sent' ? 'text-body text-ok' : 'text-body text-warn'}>
          {state.kind === 'sent' ? t('wait.sent') : t('wait.late')}
        </p>
      ) : (
        <>
          {fields.length === 0 && <p className="text-body text-ink3">{t('wait.noFields')}</p>}
          {fields.map((field) => (
            <InputField
              key={field.id}
              field={field}
              value={drafts[field.id] ?? null}
              error={wrong.get(field.id)}
              onChange={(value) => change(field.id, value)}
            />
          ))}
          {state.kind === 'refused' && <FailureNote title={t('wait.failed')} message={state.message} />}
          <Button look="primary" type="submit" className="self-start" busy={state.kind === 'sending'}>
            {t('wait.answer')}
          </Button>
        </>
      )}
    </form>
  );
}

const asField = ({ id, title, type, required, options }: NonNullable<WaitResource['fields']>[number]): FlowField => ({
  id,
  title: title === '' ? id : title,
  help: '',
  type,
  required,
  default: null,
  example: null,
  options: [...(options ?? [])],
  node: '',
});

/** Timers know no longer time. */
const longestTimer = 2 ** 31 - 1;

/** True once a moment has passed, without anybody asking again. */
function useIsOver(until: string | null): boolean {
  const end = until === null ? Number.POSITIVE_INFINITY : Date.parse(until);
  const [over, setOver] = useState(() => end <= Date.now());
  useEffect(() => {
    const left = end - Date.now();
    if (left > longestTimer) return;
    const timer = setTimeout(() => setOver(true), Math.max(0, left));
    return () => clearTimeout(timer);
  }, [end]);
  return over;
}
