import { FileDown } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor, useEditorStore } from '../store/context.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ConflictSides } from './conflict-sides.tsx';
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
      <ConflictSides mine={mine} theirs={save.theirs} />
    </Dialog>
  );
}
