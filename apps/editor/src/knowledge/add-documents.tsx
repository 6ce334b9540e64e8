import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ClipboardPaste, FileUp } from 'lucide-react';
import { type DragEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addDocument } from '../api/knowledge.ts';
import { sentenceOf } from '../api/sentence.ts';
import { toBase64 } from '../run/to-base64.ts';
import { Button } from '../ui/button.tsx';
import { join } from '../ui/join.ts';
import { toast } from '../ui/toast.tsx';
import { PasteDialog } from './paste-dialog.tsx';

/** What the server takes, less what base 64 adds. */
const mostBytes = 7_000_000;
const endings = '.txt,.text,.log,.md,.markdown,.html,.htm,.csv,.tsv,.pdf,.docx';

/** A place to drop files, with the same by a button, and a text to paste. */
export function AddDocuments({ base }: { base: string }) {
  const { t } = useTranslation('knowledge');
  const [over, setOver] = useState(false);
  const [pasting, setPasting] = useState(false);
  const chooser = useRef<HTMLInputElement>(null);
  const { add, busy } = useAddFiles(base);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    add([...event.dataTransfer.files]);
  };
  return (
    <section
      aria-label={t('add.label')}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={join(
        'flex flex-col items-center gap-3 rounded-card border border-dashed p-6 text-center transition-colors',
        over ? 'border-accent bg-sunken' : 'border-line-strong',
      )}
    >
      <div>
        <p className="text-field font-medium">{t('add.drop')}</p>
        <p className="text-port text-ink3">{t('add.kinds')}</p>
      </div>
      <div className="flex flex-wrap justify-center gap-2">
        <Button icon={<FileUp />} busy={busy} onClick={() => chooser.current?.click()}>
          {t('add.choose')}
        </Button>
        <Button icon={<ClipboardPaste />} onClick={() => setPasting(true)}>
          {t('add.paste')}
        </Button>
      </div>
      <input
        ref={chooser}
        type="file"
        multiple
        hidden
        accept={endings}
        aria-label={t('add.choose')}
        onChange={(event) => {
          add([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
      {pasting && <PasteDialog base={base} onClose={() => setPasting(false)} />}
    </section>
  );
}

/** Sends files one after the other; each that is refused is told, and the others go on. */
function useAddFiles(base: string): { add: (files: readonly File[]) => void; busy: boolean } {
  const { t } = useTranslation('knowledge');
  const queries = useQueryClient();
  const adding = useMutation({
    mutationFn: async (files: readonly File[]) => {
      for (const file of files) {
        const refuse = (message: string) => toast(t('add.refused', { name: file.name, message }), { look: 'bad' });
        if (file.size > mostBytes) {
          refuse(t('add.tooLarge'));
          continue;
        }
        try {
          await addDocument(base, { name: file.name, file: toBase64(new Uint8Array(await file.arrayBuffer())) });
        } catch (error) {
          refuse(sentenceOf(error));
        }
        await queries.invalidateQueries({ queryKey: ['knowledge'] });
      }
    },
  });
  return { add: (files) => files.length > 0 && adding.mutate(files), busy: adding.isPending };
}
