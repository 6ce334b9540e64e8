import type { Json } from '@patchbay/flow';
import type { FlowFace } from '@patchbay/node-kit';
import { TriangleAlert } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../store/context.tsx';
import { SimulatedBadge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { CodeBox } from '../ui/code-box.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Copyable } from '../ui/copyable.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { KeySection, keyPlaceholder } from './key-section.tsx';
import type { Published } from './publish-dialog.tsx';
import { sampleInputs } from './sample-inputs.ts';
import { curlSnippet, javascriptSnippet, pythonSnippet } from './snippets.ts';
import { TestRequest } from './test-request.tsx';

export interface LiveViewProps {
  published: Published;
  face: FlowFace;
  example: Record<string, Json> | undefined;
  onMakeKey: () => Promise<void>;
  onClose: () => void;
}

const kinds = [
  { id: 'curl', write: curlSnippet },
  { id: 'javascript', write: javascriptSnippet },
  { id: 'python', write: pythonSnippet },
] as const;
type Kind = (typeof kinds)[number]['id'];

/** The endpoint is live: its address, its key, how to call it, and a real call. */
export function LiveView({ published, face, example, onMakeKey, onClose }: LiveViewProps) {
  const { t } = useTranslation('publish');
  const [kind, setKind] = useState<Kind>('curl');
  const simulated = useEditor((state) => state.run.result?.simulated === true);
  const { version, flowKey } = published;
  const url = `${location.origin}${version.endpoint}`;
  const inputs = useMemo(() => sampleInputs(face.inputs, example, t('sampleText')), [face, example, t]);
  const key = flowKey.kind === 'known' ? flowKey.key.key : undefined;
  const parts = { url, key: key ?? keyPlaceholder, inputs };
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
      <KeySection flowKey={flowKey} onMake={onMakeKey} />
      <div className="overflow-hidden rounded-field border">
        <Tabs<Kind>
          label={t('snippets')}
          value={kind}
          onChange={setKind}
          end={<CopyButton label={t('copySnippet')} text={writerOf(kind)(parts)} />}
          items={kinds.map(({ id, write }) => ({ id, label: t(id), content: <Code text={write(parts)} shown={id === kind} /> }))}
        />
      </div>
      {key !== undefined && <TestRequest path={version.endpoint} keyText={key} inputs={inputs} outputs={face.outputs} />}
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
