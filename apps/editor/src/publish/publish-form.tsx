import { slugPattern } from '@patchbay/flow';
import { describeProblem, type FlowFace, type FlowField, fieldTypeWords, isList, itemType } from '@patchbay/node-kit';
import type { FlowResource } from '@patchbay/services/resources';
import { useQuery } from '@tanstack/react-query';
import { CircleAlert, TriangleAlert } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/client.ts';
import { versionQuery } from '../api/queries.ts';
import { sentenceOf } from '../api/sentence.ts';
import { useLocale } from '../i18n/index.ts';
import { stepNames } from '../run/step-names.ts';
import { useEditor, useEditorStore } from '../store/context.tsx';
import { Button } from '../ui/button.tsx';
import { Field, TextInput } from '../ui/field.tsx';
import { ChangeList, useChanges } from './changes.tsx';

export interface PublishFormProps {
  flow: FlowResource;
  face: FlowFace;
  busy: boolean;
  error: Error | null;
  onPublish: (slug: string) => void;
  onShow: (node: string) => void;
}

export function PublishForm({ flow, face, busy, error, onPublish, onShow }: PublishFormProps) {
  const { t } = useTranslation('publish');
  const [slug, setSlug] = useState(flow.slug);
  const problems = useEditor((state) => state.problems);
  const blocking = problems.filter((problem) => problem.severity === 'error');
  const valid = slugPattern.test(slug);
  const last = flow.published?.version ?? 0;
  const live = useQuery({ ...versionQuery(flow.id, last), enabled: last > 0 });
  const diff = useChanges(live.data);
  const idle = diff !== undefined && !diff.semantic && slug === flow.slug;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (valid && blocking.length === 0 && !busy) onPublish(slug);
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-6">
      <Field label={t('slug')} help={t('slugHelp')} error={valid ? undefined : t('slugInvalid')}>
        <div className="flex items-center gap-1">
          <span className="figures text-port text-ink3">/v1/flows/</span>
          <TextInput value={slug} onValueChange={setSlug} spellCheck={false} autoComplete="off" className="figures flex-1" />
          <span className="figures text-port text-ink3">/runs</span>
        </div>
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <FaceList title={t('takes')} fields={face.inputs} />
        <FaceList title={t('gives')} fields={face.outputs} />
      </div>
      {live.data !== undefined && diff !== undefined && <ChangeList live={live.data} diff={diff} />}
      {live.error !== null && <p className="text-body text-ink3">{t('changesUnknown', { version: last })}</p>}
      <ProblemList onShow={onShow} />
      {error !== null && <ServerRefusal error={error} />}
      <div className="flex justify-end">
        <Button type="submit" look="primary" size="large" busy={busy} disabled={!valid || blocking.length > 0}>
          {idle ? t('publishAnyway') : t('publishVersion', { version: last + 1 })}
        </Button>
      </div>
    </form>
  );
}

/** What callers will send or get: the contract that goes live. */
function FaceList({ title, fields }: { title: string; fields: FlowField[] }) {
  const { t } = useTranslation(['publish', 'canvas', 'run']);
  const locale = useLocale();
  return (
    <section aria-label={title}>
      <h3 className="mb-1 text-port font-medium text-ink3">{title}</h3>
      <ul className="rounded-field border">
        {fields.length === 0 && <li className="px-3 py-2 text-body text-ink3">{t('nothing')}</li>}
        {fields.map((field) => {
          const word = fieldTypeWords[itemType(field.type)][locale];
          return (
            <li key={field.id} className="flex items-baseline gap-2 border-b px-3 py-2 text-body last:border-0">
              <code className="text-port">{field.id}</code>
              <span className="min-w-0 flex-1 truncate text-ink2">{field.title.toLowerCase() === field.id ? '' : field.title}</span>
              <span className="text-meta text-ink3">{isList(field.type) ? t('canvas:listOf', { type: word }) : word}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** What blocks and what should be known, each with the way to its step. */
function ProblemList({ onShow }: { onShow: (node: string) => void }) {
  const { t } = useTranslation('publish');
  const locale = useLocale();
  const store = useEditorStore();
  const problems = useEditor((state) => state.problems);
  const flow = useEditor((state) => state.flow);
  const name = stepNames(flow, store.catalogue, locale);
  if (problems.length === 0) return null;
  const ordered = problems.toSorted((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'));
  const blocking = ordered.some((problem) => problem.severity === 'error');
  return (
    <section aria-label={blocking ? t('problems') : t('warnings')} className="rounded-field border">
      <h3 className="border-b px-3 py-2 text-body font-medium">{blocking ? t('problems') : t('warnings')}</h3>
      <ul className="scroll max-h-48">
        {ordered.map((problem) => (
          <li key={`${problem.pointer} ${problem.code}`} className="flex items-start gap-2 px-3 py-1.5">
            {problem.severity === 'error' ? (
              <CircleAlert className="mt-0.5 size-4 shrink-0 text-bad" aria-hidden />
            ) : (
              <TriangleAlert className="mt-0.5 size-4 shrink-0 text-warn" aria-hidden />
            )}
            <span className="flex-1 text-pretty">{describeProblem(problem, locale)}</span>
            {problem.node !== undefined && (
              <Button size="small" onClick={() => onShow(problem.node ?? '')}>
                {t('goTo', { step: name(problem.node) })}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function ServerRefusal({ error }: { error: Error }) {
  const { t } = useTranslation('publish');
  const details = error instanceof ApiError ? (error.problem?.errors ?? []) : [];
  return (
    <div role="alert" className="flex flex-col gap-1 rounded-field border border-bad/40 p-3">
      <p className="font-medium">{t('failed')}</p>
      <p className="text-ink2">{sentenceOf(error)}</p>
      {details.map((item) => (
        <p key={item.pointer} className="text-port text-ink2">
          {item.message}
        </p>
      ))}
    </div>
  );
}
