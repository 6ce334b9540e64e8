import type { FlowDocument } from '@patchbay/flow';
import { FileDown } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../i18n/index.ts';
import { stepNames } from '../run/step-names.ts';
import { useEditor, useEditorStore } from '../store/context.tsx';
import { Button } from '../ui/button.tsx';
import { CodeBox } from '../ui/code-box.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { saveFlowFile } from './save-flow-file.ts';

/** Somebody else saved the same place: both texts side by side, one is kept, the other can be brought back. */
export function ConflictDialog() {
  const { t } = useTranslation('app');
  const store = useEditorStore();
  const save = useEditor((state) => state.save);
  const mine = useEditor((state) => state.flow);
  const [later, setLater] = useState<string>();
  if (save.kind !== 'conflict') return null;
  return (
    <Dialog
      open={later !== save.etag}
      onClose={() => setLater(save.etag)}
      wide
      title={t('conflict.title')}
      description={t('conflict.text')}
      footer={
        <>
          <Button look="quiet" icon={<FileDown />} onClick={() => saveFlowFile(save.theirs)}>
            {t('conflict.saveTheirs')}
          </Button>
          <span className="flex-1" />
          <Button look="quiet" onClick={() => setLater(save.etag)}>
            {t('conflict.later')}
          </Button>
          <Button onClick={() => store.resolveConflict('theirs')}>{t('conflict.theirs')}</Button>
          <Button look="primary" onClick={() => store.resolveConflict('mine')}>
            {t('conflict.mine')}
          </Button>
        </>
      }
    >
      <Sides mine={mine} theirs={save.theirs} />
    </Dialog>
  );
}

/** Only what differs, step by step. */
function Sides({ mine, theirs }: { mine: FlowDocument; theirs: FlowDocument }) {
  const { t } = useTranslation('app');
  const locale = useLocale();
  const store = useEditorStore();
  const ids = [...new Set([...Object.keys(mine.nodes), ...Object.keys(theirs.nodes)])].filter(
    (id) => JSON.stringify(mine.nodes[id]) !== JSON.stringify(theirs.nodes[id]),
  );
  const names = { mine: stepNames(mine, store.catalogue, locale), theirs: stepNames(theirs, store.catalogue, locale) };
  const rows = ids.map((id) => ({
    id,
    title: Object.hasOwn(mine.nodes, id) ? names.mine(id) : names.theirs(id),
    mine: textOf(mine, id),
    theirs: textOf(theirs, id),
  }));
  if (mine.name !== theirs.name) rows.unshift({ id: '', title: t('editor.rename'), mine: mine.name, theirs: theirs.name });
  if (rows.length === 0) return <p className="text-ink2">{t('conflict.same')}</p>;
  return (
    <div className="flex flex-col gap-4">
      {rows.map((row) => (
        <section key={row.id} aria-label={row.title}>
          <h3 className="mb-1 text-body font-medium">{row.title}</h3>
          <div className="grid grid-cols-2 gap-2">
            <Side label={t('conflict.mineSide')} text={row.mine} />
            <Side label={t('conflict.theirsSide')} text={row.theirs} />
          </div>
        </section>
      ))}
    </div>
  );
}

function Side({ label, text }: { label: string; text: string }) {
  return (
    <div>
      <p className="text-port text-ink3">{label}</p>
      <CodeBox text={text} label={label} wrap className="max-h-48 rounded-field" />
    </div>
  );
}

const textOf = (flow: FlowDocument, id: string): string =>
  Object.hasOwn(flow.nodes, id) ? JSON.stringify(flow.nodes[id]?.config, null, 2) : '–';
