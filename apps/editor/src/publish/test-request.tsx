import type { Json } from '@patchbay/flow';
import type { FlowField } from '@patchbay/node-kit';
import { Send, Square } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { UnreachableError } from '../api/client.ts';
import { sendTest, type TestReply } from '../api/send-test.ts';
import { sentenceOf } from '../api/sentence.ts';
import { useLocale } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { formatDuration } from '../ui/format.ts';
import { TestReplyView } from './test-reply.tsx';

export interface TestRequestProps {
  path: string;
  keyText: string;
  inputs: Record<string, Json>;
  /** The flow's outputs, for their titles. */
  outputs: readonly FlowField[];
}

/** Really calls the endpoint with the key, and shows the answer as it streams. */
export function TestRequest({ path, keyText, inputs, outputs }: TestRequestProps) {
  const { t } = useTranslation('publish');
  const locale = useLocale();
  const [reply, setReply] = useState<TestReply>();
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState(false);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  const start = async () => {
    abort.current?.abort();
    const control = new AbortController();
    abort.current = control;
    setBusy(true);
    setReply(undefined);
    setFault(undefined);
    try {
      for await (const next of sendTest(path, keyText, inputs, control.signal)) setReply(next);
    } catch (error) {
      if (!control.signal.aborted) setFault(sentenceOf(new UnreachableError({ cause: error })));
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-center gap-3">
        {busy ? (
          <Button icon={<Square />} onClick={() => abort.current?.abort()}>
            {t('stop')}
          </Button>
        ) : (
          <Button icon={<Send />} onClick={() => void start()}>
            {t('send')}
          </Button>
        )}
        <span role="status" className="text-port text-ink2">
          {busy && reply === undefined && t('sending')}
          {reply !== undefined && (
            <span className={`figures ${reply.status < 400 ? 'text-ok' : 'text-bad'}`}>
              {t('replyStatus', { status: reply.status, time: formatDuration(reply.milliseconds, locale) })}
            </span>
          )}
        </span>
      </div>
      {fault !== undefined && (
        <p role="alert" className="text-bad">
          {fault}
        </p>
      )}
      {reply !== undefined && <TestReplyView reply={reply} fields={outputs} />}
    </div>
  );
}
