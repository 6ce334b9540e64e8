import '../i18n/words/new-key.ts';
import type { NewKeyResource } from '@patchbay/services/resources';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { flowsQuery, keysQuery } from '../api/queries.ts';
import { sentenceOf } from '../api/sentence.ts';
import { createKey, type NewKeyBody } from '../api/workspace.ts';
import { Button } from '../ui/button.tsx';
import { Copyable } from '../ui/copyable.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, TextInput } from '../ui/field.tsx';
import { Select } from '../ui/select.tsx';
import { freshWish, isCount, isDollars, type KeyWish, keyBodyOf } from './key-wish.ts';

/** Makes an API key, and shows it: this is the only time it can be read. */
export function NewKeyDialog({ onClose }: { onClose: () => void }) {
  const [key, setKey] = useState<NewKeyResource>();
  return key === undefined ? <KeyForm onMade={setKey} onClose={onClose} /> : <MadeKey made={key} onClose={onClose} />;
}

function KeyForm({ onMade, onClose }: { onMade: (key: NewKeyResource) => void; onClose: () => void }) {
  const { t } = useTranslation(['newKey', 'app']);
  const queries = useQueryClient();
  const [wish, setWish] = useState(freshWish);
  const body = keyBodyOf(wish);
  const make = useMutation({
    mutationFn: (asked: NewKeyBody) => createKey(asked),
    onSuccess: async (key) => {
      onMade(key);
      await queries.invalidateQueries({ queryKey: keysQuery.queryKey });
    },
  });
  const send = () => body !== undefined && !make.isPending && make.mutate(body);
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('title')}
      footer={
        <>
          <Button onClick={onClose}>{t('app:cancel')}</Button>
          <Button look="primary" disabled={body === undefined} busy={make.isPending} onClick={send}>
            {t('make')}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-4"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <KeyFields wish={wish} onChange={(change) => setWish({ ...wish, ...change })} />
        {/* The form is sent by Enter too. */}
        <button type="submit" hidden />
        {make.error !== null && (
          <p role="alert" className="text-bad">
            {sentenceOf(make.error)}
          </p>
        )}
      </form>
    </Dialog>
  );
}

function KeyFields({ wish, onChange }: { wish: KeyWish; onChange: (change: Partial<KeyWish>) => void }) {
  const { t } = useTranslation('newKey');
  const published = (useQuery(flowsQuery).data?.flows ?? []).filter((flow) => flow.publishedVersion !== null);
  return (
    <>
      <Field label={t('name')} help={t('nameHelp')}>
        <TextInput value={wish.name} maxLength={100} autoFocus onChange={(event) => onChange({ name: event.currentTarget.value })} />
      </Field>
      <Field label={t('may')} help={wish.scope === 'manage' ? t('manageHelp') : undefined}>
        <Select
          label={t('may')}
          value={wish.scope}
          onChange={(scope) => onChange({ scope })}
          options={(['run', 'read', 'manage'] as const).map((value) => ({ value, label: t(`scope.${value}`) }))}
        />
      </Field>
      {wish.scope !== 'manage' && (
        <Field label={t('flow')}>
          <Select
            label={t('flow')}
            value={wish.flow}
            onChange={(flow) => onChange({ flow })}
            options={[
              { value: '', label: t('allFlows') },
              ...published.map(({ slug, name }) => ({ value: slug, label: `${name} · ${slug}` })),
            ]}
          />
        </Field>
      )}
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label={t('perDay')} help={t('perDayHelp')} error={isDollars(wish.perDay) ? undefined : t('wrongDollars')}>
          <TextInput
            value={wish.perDay}
            inputMode="decimal"
            placeholder={t('noLimit')}
            onChange={(event) => onChange({ perDay: event.currentTarget.value })}
          />
        </Field>
        <Field label={t('perMinute')} error={isCount(wish.perMinute) ? undefined : t('wrongCount')}>
          <TextInput
            value={wish.perMinute}
            inputMode="numeric"
            placeholder={t('noLimit')}
            onChange={(event) => onChange({ perMinute: event.currentTarget.value })}
          />
        </Field>
      </div>
    </>
  );
}

function MadeKey({ made, onClose }: { made: NewKeyResource; onClose: () => void }) {
  const { t } = useTranslation('newKey');
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('made')}
      footer={
        <Button look="primary" onClick={onClose}>
          {t('done')}
        </Button>
      }
    >
      <Copyable label={made.name} text={made.key} help={t('once')} icon={<KeyRound className="size-4 text-ink3" aria-hidden />} />
    </Dialog>
  );
}
