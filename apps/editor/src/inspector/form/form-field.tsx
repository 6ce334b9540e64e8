import type { Json } from '@patchbay/flow';
import { type ConfigSchema, type FieldUi, isPortType, isShown, type PortType } from '@patchbay/node-kit';
import type { ReactNode } from 'react';
import type { ConfigPath } from '../../store/edits/setting.ts';
import { lazyPart } from '../../ui/lazy-part.tsx';
import { ChoiceField } from './choice-field.tsx';
import { type FieldProps, useForm } from './form-context.ts';
import { IdField } from './id-field.tsx';
import { JsonField } from './json-field.tsx';
import { KnowledgeField } from './knowledge-field.tsx';
import { LanguageField } from './language-field.tsx';
import { ListField } from './list-field.tsx';
import { ModelField } from './model-field.tsx';
import { NumberField } from './number-field.tsx';
import { PortTypeField } from './port-type-field.tsx';
import { shownRecord } from './shown.ts';
import { ChipTextField, PlainLongTextField, PlainTextField } from './text-field.tsx';
import { ToggleField } from './toggle-field.tsx';

/** Few steps have one: it is fetched when the first is drawn. */
const SecretField = lazyPart(async () => (await import('./secret-field.tsx')).SecretField);

/** The control of one field: chosen by its widget alone. Lists and groups draw fields again, so this is where they meet. */
export function FormField(props: FieldProps): ReactNode {
  const chips = props.ui.chips === true;
  switch (props.ui.widget) {
    case 'text':
      return chips ? <ChipTextField {...props} /> : <PlainTextField {...props} />;
    case 'long-text':
      return chips ? <ChipTextField {...props} /> : <PlainLongTextField {...props} />;
    case 'number':
      return <NumberField {...props} />;
    case 'choice':
      return <ChoiceField {...props} />;
    case 'toggle':
      return <ToggleField {...props} />;
    case 'model':
      return <ModelField {...props} />;
    case 'secret':
      return <SecretField {...props} />;
    case 'knowledge':
      return <KnowledgeField {...props} />;
    case 'language':
      return <LanguageField {...props} />;
    case 'json':
      return <JsonField {...props} />;
    case 'list':
      return <ListField {...props} renderFields={renderFields} renderField={renderField} />;
    case 'group':
      return <GroupField {...props} />;
    case 'id':
      return <IdField {...props} />;
    case 'port-type':
      return <PortTypeField {...props} />;
  }
}

/** Fields that belong together, under one name. */
function GroupField({ path, schema, ui, value }: FieldProps) {
  return (
    <fieldset className="flex min-w-0 flex-col gap-3 rounded-field border p-3">
      <legend className="px-1 text-body font-medium">{ui.title[useForm().locale]}</legend>
      {renderFields({ schema, value, path })}
    </fieldset>
  );
}

export interface FieldsOf {
  schema: ConfigSchema;
  value: Json | undefined;
  path: ConfigPath;
  /** Which of them. */
  only?: (ui: FieldUi, key: string) => boolean;
}

/** The fields of an object that are in force, in the schema's order. */
export function renderFields({ schema, value, path, only = () => true }: FieldsOf): ReactNode {
  const record = shownRecord(schema, value);
  const siblingType = typeBeside(schema, record);
  return Object.entries(schema.properties ?? {}).map(([key, property]) => {
    const { ui } = property;
    if (ui === undefined || !isShown(ui, record) || !only(ui, key)) return null;
    return <FormField key={key} path={[...path, key]} schema={property} ui={ui} value={record[key]} siblingType={siblingType} />;
  });
}

/** One field by itself, as an entry of a list of texts. */
const renderField = (props: FieldProps): ReactNode => <FormField {...props} />;

function typeBeside(schema: ConfigSchema, record: Record<string, Json>): PortType | undefined {
  const key = Object.keys(schema.properties ?? {}).find((name) => schema.properties?.[name]?.ui?.widget === 'port-type');
  const type = key === undefined ? undefined : record[key];
  return typeof type === 'string' && isPortType(type) ? type : undefined;
}
