import type { KnowledgeDetail } from '@patchbay/services/resources';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/client.ts';
import { createKnowledge, editKnowledge, embeddingModelsQuery } from '../api/knowledge.ts';
import { sentenceOf } from '../api/sentence.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, TextInput } from '../ui/field.tsx';
import { Select } from '../ui/select.tsx';

export interface BaseDialogProps {
  /** Absent for a new one. */
  base?: KnowledgeDetail;
  onClose: () => void;
  onSaved: (base: KnowledgeDetail) => void;
}

/** The value of the choice that lets a person type a model. */
const other = '\u0000other';

/** The name of a base and what it is found by; a new one, or an old one's settings. */
export function BaseDialog({ base, onClose, onSaved }: BaseDialogProps) {
  const { t } = useTranslation(['knowledge', 'app']);
  const queries = useQueryClient();
  const [name, setName] = useState(base?.name ?? '');
  const [embedding, setEmbedding] = useState(base?.embedding ?? null);
  const save = useMutation({
    mutationFn: () => {
      const wish = { name: name.trim(), embedding: embedding?.trim() || null };
      return base === undefined ? createKnowledge(wish) : editKnowledge(base.id, wish);
    },
    onSuccess: async (saved) => {
      await queries.invalidateQueries({ queryKey: ['knowledge'] });
      onClose();
      onSaved(saved);
    },
  });
  const ready = name.trim() !== '' && embedding !== '';
  const submit = () => ready && save.mutate();
  return (
    <Dialog
      open
      onClose={onClose}
      title={base === undefined ? t('create.title') : t('edit.title', { name: base.name })}
      footer={
        <>
          <Button onClick={onClose}>{t('app:cancel')}</Button>
          <Button look="primary" disabled={!ready} busy={save.isPending} onClick={submit}>
            {t(base === undefined ? 'create.submit' : 'edit.save')}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Field label={t('create.name')}>
          <TextInput
            value={name}
            autoFocus
            maxLength={200}
            placeholder={t('create.placeholder')}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </Field>
        <EmbeddingField value={embedding} onChange={setEmbedding} />
        {base !== undefined && embedding !== base.embedding && embedding !== null && base.documents > 0 && (
          <p className="text-port text-ink2">{t('edit.renewed')}</p>
        )}
        {save.error !== null && (
          <p role="alert" className="text-body text-bad break-words">
            {refusalOf(save.error)}
          </p>
        )}
        {/* Enter saves: a form without a button of its own has none to press. */}
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}

/** The first wrong part says more than the request as a whole. */
const refusalOf = (error: Error): string =>
  (error instanceof ApiError ? error.problem?.errors?.[0]?.message : undefined) ?? sentenceOf(error);

function EmbeddingField({ value, onChange }: { value: string | null; onChange: (next: string | null) => void }) {
  const { t } = useTranslation('knowledge');
  const { data } = useQuery(embeddingModelsQuery);
  const [typing, setTyping] = useState(false);
  const known = [...new Set([...(data?.models ?? []), ...(value === null || typing ? [] : [value])])];
  return (
    <>
      <Field label={t('embedding.label')} help={t('embedding.help')}>
        <Select
          value={typing ? other : (value ?? '')}
          onChange={(next) => {
            setTyping(next === other);
            onChange(next === '' ? null : next === other ? '' : next);
          }}
          options={[
            { value: '', label: t('embedding.words') },
            ...known.map((model) => ({ value: model, label: t('embedding.model', { model }) })),
            { value: other, label: t('embedding.other') },
          ]}
        />
      </Field>
      {typing && (
        <Field label={t('embedding.name')} help={t('embedding.nameHelp')}>
          <TextInput value={value ?? ''} autoFocus spellCheck={false} onChange={(event) => onChange(event.currentTarget.value)} />
        </Field>
      )}
    </>
  );
}
