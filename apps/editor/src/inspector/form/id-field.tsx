import { idPattern } from '@patchbay/flow';
import { useTranslation } from 'react-i18next';
import { useEditorStore } from '../../store/context.tsx';
import { nodeOf } from '../../store/edits/ends.ts';
import { portsNow } from '../../store/edits/ports.ts';
import { renamePort } from '../../store/edits/rename-port.ts';
import { TextInput } from '../../ui/field.tsx';
import { FieldFrame } from './field-frame.tsx';
import { type FieldProps, problemsAt, useForm } from './form-context.ts';
import { useDraft } from './use-draft.ts';

/** The name of a port. Changing it takes wires and examples along; callers of the API must follow, so it is kept folded. */
export function IdField({ path, ui, value }: FieldProps) {
  const form = useForm();
  const store = useEditorStore();
  const { t } = useTranslation('inspector');
  const id = typeof value === 'string' ? value : '';
  const [draft, setDraft] = useDraft(id, (held) => held);
  const fault = draft === id ? undefined : faultOf(draft, takenIds());
  function takenIds(): string[] {
    const ports = portsNow(store.catalogue, nodeOf(store.getState().flow, form.node));
    return [...(ports?.inputs ?? []), ...(ports?.outputs ?? [])].map((port) => port.id).concat('error');
  }
  const keep = () => {
    if (draft === id || faultOf(draft, takenIds()) !== undefined) return;
    store.command({ key: 'inspector:commands.renamePort' }, (draftFlow) =>
      renamePort(draftFlow, store.catalogue, { node: form.node, path }, id, draft),
    );
  };
  return (
    <FieldFrame
      label={ui.title[form.locale]}
      help={ui.help?.[form.locale] ?? t('field.idHelp')}
      problems={problemsAt(form, path, true)}
      fault={fault === undefined ? undefined : t(`field.${fault}`)}
      locale={form.locale}
    >
      <TextInput
        className="figures"
        value={draft}
        spellCheck={false}
        maxLength={40}
        onValueChange={(typed) => setDraft(typed, id)}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === 'Enter') keep();
          if (event.key === 'Escape') setDraft(id, id);
        }}
      />
    </FieldFrame>
  );
}

function faultOf(id: string, taken: readonly string[]): 'badId' | 'takenId' | undefined {
  if (!idPattern.test(id)) return 'badId';
  return taken.includes(id) ? 'takenId' : undefined;
}
