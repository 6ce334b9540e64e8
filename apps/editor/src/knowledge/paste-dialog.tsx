import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addDocument } from '../api/knowledge.ts';
import { sentenceOf } from '../api/sentence.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, TextArea, TextInput } from '../ui/field.tsx';

/** A text that is in no file, with a name to cite it by. */
export function PasteDialog({ base, onClose }: { base: string; onClose: () => void }) {
  const { t } = useTranslation(['knowledge', 'app']);
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [text, setText] = useState('');
  const add = useMutation({
    mutationFn: () => addDocument(base, { name: name.trim(), text }),
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: ['knowledge'] });
    },
  });
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t('add.pasteTitle')}
      footer={
        <>
          <Button onClick={onClose}>{t('app:cancel')}</Button>
          <Button look="primary" disabled={name.trim() === '' || text.trim() === ''} busy={add.isPending} onClick={() => add.mutate()}>
            {t('add.submit')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label={t('add.name')}>
          <TextInput
            value={name}
            autoFocus
            maxLength={200}
            placeholder={t('add.namePlaceholder')}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </Field>
        <Field label={t('add.text')}>
          <TextArea rows={10} value={text} onChange={(event) => setText(event.currentTarget.value)} />
        </Field>
        {add.error !== null && (
          <p role="alert" className="text-body text-bad">
            {sentenceOf(add.error)}
          </p>
        )}
      </div>
    </Dialog>
  );
}
