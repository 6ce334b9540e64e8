import type { Json } from '@patchbay/flow';
import type { FlowFace } from '@patchbay/node-kit';
import { KeyRound, TriangleAlert } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readDrafts, startDrafts } from '../run/drafts.ts';
import { useEditor } from '../store/context.tsx';
import { SimulatedBadge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { CodeBox } from '../ui/code-box.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Tabs } from '../ui/tabs.tsx';
import type { Published } from './publish-dialog.tsx';
import { curlSnippet, javascriptSnippet, pythonSnippet } from './snippets.ts';
import { TestRequest } from './test-request.tsx';

export interface LiveViewProps {
  published: Published;
  face: FlowFace;
  example: Record<string, Json> | undefined;
  onClose: () => void;
}

const kinds = [
  { id: 'curl', write: curlSnippet },
  { id: 'javascript', write: javascriptSnippet },
  { id: 'python', write: pythonSnippet },
] as const;
type Kind = (typeof kinds)[number]['id'];

/** The endpoint is live: its address, its key, how to call it, and a real call. */
export function LiveView({ published, face, example, onClose }: LiveViewProps) {
  const { t } = useTranslation('publish');
  const [kind, setKind] = useState<Kind>('curl');
  const simulated = useEditor((state) => state.run.result?.simulated === true);
  const { version, key } = published;
  const url = `${location.origin}${version.endpoint}`;
  const inputs = useMemo(() => readDrafts(face.inputs, startDrafts(face.inputs, example)).inputs, [face, example]);
  const parts = { url, key: key?.key ?? 'YOUR_KEY', inputs };
  return (
    <div className="flex flex-col gap-5">
      {simulated && (
        <p className="flex items-start gap-2 text-body text-ink2">
          <TriangleAlert className="mt-0.5 size-4 shrink-0 text-warn" aria-hidden />
          <span className="flex-1">{t('simulatedWarning')}</span>
          <SimulatedBadge />
        </p>
      )}
      <Copyable label={t('url')} text={url} />
      {key === null ? (
        <p role="alert" className="text-bad">
          {t('keyFailed')}
        </p>
      ) : (
        <Copyable label={t('key')} text={key.key} help={t('keyOnce')} secret />
      )}
      <div className="overflow-hidden rounded-field border">
        <Tabs<Kind>
          label={t('snippets')}
          value={kind}
          onChange={setKind}
          end={<CopyButton label={t('copySnippet')} text={writerOf(kind)(parts)} />}
          items={kinds.map(({ id, write }) => ({ id, label: t(id), content: <Code text={write(parts)} shown={id === kind} /> }))}
        />
      </div>
      {key !== null && <TestRequest path={version.endpoint} keyText={key.key} inputs={inputs} />}
      <div className="flex justify-end">
        <Button onClick={onClose}>{t('done')}</Button>
      </div>
    </div>
  );
}

const writerOf = (kind: Kind) => kinds.find(({ id }) => id === kind)?.write ?? curlSnippet;

function Code({ text, shown }: { text: string; shown: boolean }) {
  const { t } = useTranslation('publish');
  return <CodeBox text={text} label={t('snippets')} testId={shown ? 'snippet' : undefined} className="max-h-64 px-4 py-3" />;
}

function Copyable({ label, text, help, secret = false }: { label: string; text: string; help?: string; secret?: boolean }) {
  return (
    <section aria-label={label}>
      <p className="mb-1 flex items-center gap-1 text-body font-medium">
        {secret && <KeyRound className="size-4 text-ink3" aria-hidden />}
        {label}
      </p>
      <div className="flex items-center gap-1 rounded-field border bg-sunken py-0.5 pr-1 pl-3">
        <code className="min-w-0 flex-1 text-port break-all">{text}</code>
        <CopyButton text={text} />
      </div>
      {help !== undefined && <p className="mt-1 text-port text-ink3">{help}</p>}
    </section>
  );
}
