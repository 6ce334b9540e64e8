import { BookmarkPlus, ChevronDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { withContents } from '../api/files.ts';
import { useEditor, useEditorStore } from '../store/context.tsx';
import { Button } from '../ui/button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../ui/menu.tsx';
import { toast } from '../ui/toast.tsx';
import type { RunSession } from './use-run-session.ts';

const noExamples: never[] = [];

/** The flow's examples: one click fills the form, another keeps what stands in it. */
export function ExampleMenu({ session }: { session: RunSession }) {
  const { t } = useTranslation('run');
  const store = useEditorStore();
  const examples = useEditor((state) => state.flow.examples) ?? noExamples;
  if (session.fields.length === 0) return null;
  const keep = async () => {
    const name = t('exampleName', { number: examples.length + 1 });
    const given = session.inputs();
    // A file that is gone stays as it was named: the example then says so when it is tried.
    const inputs = await withContents(given).catch(() => given);
    store.command({ key: 'run:saveExample' }, (draft) => {
      draft.examples = [...(draft.examples ?? []), { name, inputs }];
    });
    toast(t('exampleSaved', { name }));
  };
  return (
    <Menu
      trigger={
        <Button size="small" look="quiet">
          {t('examples')}
          <ChevronDown aria-hidden />
        </Button>
      }
    >
      {examples.map((example, index) => (
        <MenuItem key={index} onClick={() => session.fill(example.inputs)}>
          {example.name}
        </MenuItem>
      ))}
      {examples.length > 0 && <MenuSeparator />}
      <MenuItem icon={<BookmarkPlus />} onClick={() => void keep()}>
        {t('saveExample')}
      </MenuItem>
    </Menu>
  );
}
