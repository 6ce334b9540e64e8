import type { PassageList, PassageResource } from '@patchbay/services/resources';
import { useMutation } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { searchKnowledge } from '../api/knowledge.ts';
import { sentenceOf } from '../api/sentence.ts';
import { useLocale } from '../i18n/index.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Field, TextInput } from '../ui/field.tsx';
import { piecesOf } from './pieces.ts';

/** A question, and the passages a step would be given for it. */
export function TryBase({ base }: { base: string }) {
  const { t } = useTranslation('knowledge');
  const [question, setQuestion] = useState('');
  const ask = useMutation({ mutationFn: () => searchKnowledge(base, question.trim()) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (question.trim() !== '') ask.mutate();
  };
  return (
    <section aria-label={t('try.label')} className="flex min-w-0 flex-col gap-4 rounded-card border bg-surface p-4 shadow-e1">
      <div>
        <h2 className="text-title font-semibold">{t('try.label')}</h2>
        <p className="text-body text-ink2">{t('try.text')}</p>
      </div>
      <form onSubmit={submit} className="flex items-end gap-2">
        <Field label={t('try.question')} className="flex-1">
          <TextInput
            value={question}
            maxLength={4_000}
            placeholder={t('try.placeholder')}
            onChange={(event) => setQuestion(event.currentTarget.value)}
          />
        </Field>
        <Button type="submit" look="primary" icon={<Search />} className="h-9" disabled={question.trim() === ''} busy={ask.isPending}>
          {t('try.ask')}
        </Button>
      </form>
      {ask.error !== null && (
        <p role="alert" className="text-body text-bad">
          {sentenceOf(ask.error)}
        </p>
      )}
      {ask.data !== undefined && <Results found={ask.data} />}
    </section>
  );
}

function Results({ found: { passages, trouble } }: { found: PassageList }) {
  const { t } = useTranslation('knowledge');
  return (
    <div aria-live="polite" className="flex flex-col gap-3">
      {trouble !== null && <p className="text-port text-warn">{t('try.trouble', { message: trouble.message })}</p>}
      {passages.length === 0 ? (
        <p className="text-body text-ink2">{t('try.nothing')}</p>
      ) : (
        <ol aria-label={t('try.results')} className="flex flex-col gap-3">
          {passages.map((passage, index) => (
            <Passage key={`${passage.document.id} ${passage.start}`} passage={passage} number={index + 1} />
          ))}
        </ol>
      )}
    </div>
  );
}

function Passage({ passage, number }: { passage: PassageResource; number: number }) {
  const { t } = useTranslation('knowledge');
  const locale = useLocale();
  const share = (value: number): string =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: 2, minimumFractionDigits: 2 }).format(value);
  const { document, headings, page, text, score, words, meaning, marks } = passage;
  const place = [...(page === null ? [] : [t('try.page', { page })]), ...headings].join(' › ');
  return (
    <li className="rounded-field border p-3">
      <div className="flex items-baseline gap-2">
        <span className="text-meta text-ink3 tabular-nums">[{number}]</span>
        <span className="min-w-0 flex-1 text-body font-medium break-words">{document.name}</span>
        <Badge look="accent">{t('try.score', { score: share(score) })}</Badge>
      </div>
      {place !== '' && <p className="text-port text-ink3">{place}</p>}
      {meaning !== null && (
        <p className="text-port text-ink3 tabular-nums">{t('try.detail', { words: share(words), meaning: share(meaning) })}</p>
      )}
      <p className="mt-2 text-body whitespace-pre-wrap break-words">
        {piecesOf(text, marks).map(({ start, text: piece, marked }) =>
          marked ? (
            <mark key={start} className="rounded-chip bg-accent/15 text-ink">
              {piece}
            </mark>
          ) : (
            <span key={start}>{piece}</span>
          ),
        )}
      </p>
    </li>
  );
}
