import { describeProblem, type FlowDocument, flowLimits, parseFlow } from '@patchbay/flow';
import { FileUp } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLocale } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { toast } from '../ui/toast.tsx';

/** Reads a flow from a file of this device. What is wrong with it is said with its place; nothing is sent before it is read. */
export function ImportButton({ onImport }: { onImport: (flow: FlowDocument) => void }) {
  const { t } = useTranslation('home');
  const input = useRef<HTMLInputElement>(null);
  const read = async (file: File): Promise<void> => {
    const reason = (text: string) => toast(t('importFailed', { reason: text }), { look: 'bad', timeout: 0 });
    if (file.size > flowLimits.bytes) return reason(t('importTooBig'));
    const { flow, problems } = parseFlow(await file.text());
    if (flow !== undefined) return onImport(flow);
    const [first] = problems;
    reason(first === undefined ? t('importNotJson') : describeProblem(first, currentLocale()));
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
          if (file !== undefined) void read(file);
        }}
      />
      <Button look="quiet" icon={<FileUp />} onClick={() => input.current?.click()}>
        {t('import')}
      </Button>
    </>
  );
}
