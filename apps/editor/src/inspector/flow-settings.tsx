import '../i18n/words/inspector.ts';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../i18n/index.ts';
import { useEditor, useEditorStore } from '../store/context.tsx';
import { TextArea, TextInput } from '../ui/field.tsx';
import { FlowExamples } from './flow-examples.tsx';
import { FieldFrame } from './form/field-frame.tsx';
import { useDraft } from './form/use-draft.ts';

/** What belongs to the flow as a whole: shown while no step is selected. */
export function FlowSettings() {
  const { t } = useTranslation('inspector');
  const locale = useLocale();
  const store = useEditorStore();
  const name = useEditor((state) => state.flow.name);
  const description = useEditor((state) => state.flow.description ?? '');
  const [draft, setDraft] = useDraft(name, (held) => held);
  return (
    <div className="scroll flex min-h-0 flex-1 flex-col gap-4 px-4 pt-4 pb-8">
      <div>
        <h2 className="text-title font-semibold">{t('flow.title')}</h2>
        <p className="text-port text-ink3">{t('flow.hint')}</p>
      </div>
      <FieldFrame label={t('flow.name')} locale={locale} fault={draft.trim() === '' ? t('flow.nameMissing') : undefined}>
        <TextInput
          value={draft}
          maxLength={200}
          onValueChange={(text) => {
            setDraft(text, text.trim() === '' ? name : text);
            if (text.trim() === '') return;
            store.command(
              { key: 'canvas:commands.renameFlow' },
              (flow) => {
                flow.name = text;
              },
              { coalesce: 'flow:name' },
            );
          }}
        />
      </FieldFrame>
      <FieldFrame label={t('flow.description')} help={t('flow.descriptionHelp')} locale={locale}>
        <TextArea
          rows={4}
          maxLength={10_000}
          value={description}
          onChange={({ target }) =>
            store.command(
              { key: 'inspector:commands.description' },
              (flow) => {
                if (target.value === '') delete flow.description;
                else flow.description = target.value;
              },
              { coalesce: 'flow:description' },
            )
          }
        />
      </FieldFrame>
      <FlowExamples />
    </div>
  );
}
