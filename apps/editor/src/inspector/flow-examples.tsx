import type { FlowDocument, FlowExample } from '@patchbay/flow';
import { type FlowField, flowFace } from '@patchbay/node-kit';
import { ChevronRight, Plus, Trash2 } from 'lucide-react';
import { useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor, useEditorStore } from '../store/context.tsx';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { join } from '../ui/join.ts';
import { lazyPart } from '../ui/lazy-part.tsx';

const ExampleFields = lazyPart(async () => (await import('./example-fields.tsx')).ExampleFields);

const none: readonly FlowExample[] = [];

/** The flow's own test cases: the Run form offers them. */
export function FlowExamples() {
  const { t } = useTranslation('inspector');
  const store = useEditorStore();
  const flow = useEditor((state) => state.flow);
  const examples = flow.examples ?? none;
  const fields = useMemo(() => flowFace(flow, store.catalogue).inputs, [flow, store]);
  const add = () =>
    store.command({ key: 'inspector:commands.addExample' }, (draft) => {
      const inputs = Object.fromEntries(fields.flatMap((field) => (field.example === null ? [] : [[field.id, field.example]])));
      draft.examples = [...(draft.examples ?? []), { name: t('examples.named', { number: examples.length + 1 }), inputs }];
    });
  return (
    <section aria-labelledby="flow-examples" className="flex min-w-0 flex-col gap-2">
      <h3 id="flow-examples" className="text-body font-semibold">
        {t('examples.title')}
      </h3>
      <p className="text-port text-ink3">{t('examples.help')}</p>
      <ol className="flex min-w-0 flex-col gap-2">
        {examples.map((example, index) => (
          <Example key={index} index={index} example={example} fields={fields} />
        ))}
      </ol>
      <Button size="small" icon={<Plus />} className="self-start" onClick={add}>
        {t('examples.add')}
      </Button>
    </section>
  );
}

function Example({ index, example, fields }: { index: number; example: FlowExample; fields: readonly FlowField[] }) {
  const { t } = useTranslation('inspector');
  const store = useEditorStore();
  const [open, setOpen] = useState(false);
  const body = useId();
  return (
    <li aria-label={example.name} className="min-w-0 rounded-field border">
      <div className="flex items-center px-1">
        <button
          type="button"
          aria-expanded={open}
          aria-controls={body}
          className="flex h-9 min-w-0 flex-1 items-center gap-1 rounded-field px-1 text-left text-body font-medium hover:text-accent"
          onClick={() => setOpen(!open)}
        >
          <ChevronRight className={join('size-4 shrink-0 text-ink3 transition-transform', open && 'rotate-90')} aria-hidden />
          <span className="truncate">{example.name}</span>
        </button>
        <IconButton
          className="size-7!"
          label={t('examples.remove', { name: example.name })}
          icon={<Trash2 />}
          onClick={() => store.command({ key: 'inspector:commands.removeExample' }, (draft) => removeExample(draft, index))}
        />
      </div>
      <div id={body} hidden={!open} className="flex flex-col gap-3 border-t px-3 pt-2 pb-3">
        {open && <ExampleFields index={index} example={example} fields={fields} />}
      </div>
    </li>
  );
}

function removeExample(draft: FlowDocument, index: number): void {
  const rest = (draft.examples ?? []).toSpliced(index, 1);
  if (rest.length === 0) delete draft.examples;
  else draft.examples = rest;
}
