import type { CredentialResource } from '@patchbay/services/resources';
import { Send, Square } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type TriedAnswer, tryCredential } from '../api/credentials.ts';
import { sentenceOf } from '../api/sentence.ts';
import { Button } from '../ui/button.tsx';
import { Field, TextInput } from '../ui/field.tsx';

/** A working example: one sentence asked, its answer as it comes. */
export function TryIt({ credential }: { credential: CredentialResource }) {
  const { t } = useTranslation('connections');
  const [prompt, setPrompt] = useState<string>(() => t('try.sentence'));
  const { answer, failure, asking, ask, stop } = useQuestion(credential.id);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (prompt.trim() !== '') void ask(prompt);
  };
  const failed = answer?.error?.message ?? failure;
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-3 border-t pt-3">
      <div className="flex items-end gap-2">
        <Field label={t('try.label', { title: credential.title })} className="flex-1">
          <TextInput value={prompt} onChange={(event) => setPrompt(event.currentTarget.value)} />
        </Field>
        {asking ? (
          <Button icon={<Square />} className="h-9" onClick={stop}>
            {t('try.stop')}
          </Button>
        ) : (
          <Button type="submit" icon={<Send />} className="h-9">
            {t('try.ask')}
          </Button>
        )}
      </div>
      {answer !== undefined && answer.text !== '' && (
        <output
          aria-label={t('try.answer', { title: credential.title })}
          data-testid="tried-answer"
          className="block max-h-40 scroll rounded-field bg-sunken px-3 py-2 break-words whitespace-pre-wrap"
        >
          {answer.text}
        </output>
      )}
      {failed !== undefined && (
        <p role="alert" className="text-bad text-pretty">
          {failed} {answer?.error?.fix}
        </p>
      )}
    </form>
  );
}

function useQuestion(id: string) {
  const [answer, setAnswer] = useState<TriedAnswer>();
  const [failure, setFailure] = useState<string>();
  const [asking, setAsking] = useState(false);
  const leave = useRef<AbortController>(undefined);
  useEffect(() => () => leave.current?.abort(), []);
  const ask = async (prompt: string) => {
    const abort = new AbortController();
    leave.current?.abort();
    leave.current = abort;
    setAnswer(undefined);
    setFailure(undefined);
    setAsking(true);
    try {
      for await (const so of tryCredential(id, prompt, abort.signal)) setAnswer(so);
    } catch (error) {
      if (!abort.signal.aborted) setFailure(sentenceOf(error));
    } finally {
      if (leave.current === abort) setAsking(false);
    }
  };
  return { answer, failure, asking, ask, stop: () => leave.current?.abort() };
}
