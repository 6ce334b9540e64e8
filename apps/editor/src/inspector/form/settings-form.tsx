import type { FlowNode, Json } from '@patchbay/flow';
import { configSchema, type FieldUi, isShown, type NodeDefinition } from '@patchbay/node-kit';
import { useMemo } from 'react';
import { useLocale } from '../../i18n/index.ts';
import { useEditor, useEditorStore } from '../../store/context.tsx';
import { type ConfigPath, setSetting } from '../../store/edits/setting.ts';
import { problemsOf } from '../../store/indexes.ts';
import { FormContext, type FormScope, problemsAt } from './form-context.ts';
import { renderFields } from './form-field.tsx';
import { MoreFields } from './more-fields.tsx';
import { shownRecord } from './shown.ts';

interface SettingsFormProps {
  id: string;
  node: FlowNode;
  definition: NodeDefinition;
}

/** The settings of a step, made from its config schema alone. */
export function SettingsForm({ id, node, definition }: SettingsFormProps) {
  const store = useEditorStore();
  const locale = useLocale();
  const problems = useEditor((state) => problemsOf(state.problems, id));
  const scope = useMemo<FormScope>(
    () => ({
      node: id,
      locale,
      problems,
      write: (path: ConfigPath, value: Json | undefined) =>
        store.command({ key: 'canvas:commands.setting' }, (draft) => setSetting(draft, store.catalogue, id, path, value), {
          coalesce: `config:${id}:${path.join('/')}`,
        }),
    }),
    [id, locale, problems, store],
  );
  const schema = configSchema(definition);
  const shown = shownRecord(schema, node.config);
  const folded = (ui: FieldUi) => ui.advanced === true;
  const more = Object.entries(schema.properties ?? {}).filter(
    ([, property]) => property.ui !== undefined && folded(property.ui) && isShown(property.ui, shown),
  );
  return (
    <FormContext value={scope}>
      <div className="flex min-w-0 flex-col gap-4">
        {renderFields({ schema, value: node.config, path: [], only: (ui) => !folded(ui) })}
        {more.length > 0 && (
          <MoreFields open={more.some(([key]) => problemsAt(scope, [key], true).length > 0)}>
            {renderFields({ schema, value: node.config, path: [], only: folded })}
          </MoreFields>
        )}
      </div>
    </FormContext>
  );
}
