import type { FlowDocument } from '@patchbay/flow';
import { FileUp } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { toast } from '../ui/toast.tsx';

/** Reads a flow from a file of this device. What is wrong with it is said with its place; nothing is sent before it is read. */
export function ImportButton({ onImport }: { onImport: (flow: FlowDocument) => void }) {
  const { t } = useTranslation('home');
  const input = useRef<HTMLInputElement>(null);
  const take = async (file: File): Promise<void> => {
    const { readFlowFile } = await import('./read-flow-file.ts');
    const read = await readFlowFile(file);
    if (read.flow !== undefined) return onImport(read.flow);
    toast(t('importFailed', { reason: read.reason }), { look: 'bad', timeout: 0 });
  };
  return (
    <>
      <input
        ref={input}
        type="file"
        accept="application/json,.json"
        hidden
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = '';
          if (file !== undefined) void take(file);
        }}
      />
      <Button look="quiet" icon={<FileUp />} onClick={() => input.current?.click()}>
        {t('import')}
      </Button>
    </>
  );
}
