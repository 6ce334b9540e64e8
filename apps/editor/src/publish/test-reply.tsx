import type { FlowField } from '@patchbay/node-kit';
import { useTranslation } from 'react-i18next';
import type { TestReply } from '../api/send-test.ts';
import { CodeBox } from '../ui/code-box.tsx';
import { ValueView } from '../ui/value-view.tsx';

/** The answer as callers use it, by the names of the outputs; what came over the wire is folded below. */
export function TestReplyView({ reply, fields }: { reply: TestReply; fields: readonly FlowField[] }) {
  const { t } = useTranslation('publish');
  const answers = Object.entries(reply.outputs);
  const titleOf = (id: string) => fields.find((field) => field.id === id)?.title ?? id;
  return (
    <section aria-label={t('reply')} data-testid="test-reply" className="flex flex-col gap-3 rounded-field border px-4 py-3">
      {reply.failure !== undefined && (
        <p role="alert" className="text-bad">
          {reply.failure}
        </p>
      )}
      {answers.map(([id, value]) => (
        <section key={id} aria-label={titleOf(id)} className="min-w-0">
          <h4 className="mb-1 flex items-baseline gap-2 text-port font-medium text-ink3">
            {titleOf(id)}
            {titleOf(id) !== id && <code className="font-normal">{id}</code>}
          </h4>
          <div className="scroll max-h-56 text-field">
            <ValueView value={value} />
          </div>
        </section>
      ))}
      {reply.done && answers.length === 0 && reply.failure === undefined && <p className="text-ink3">{t('noOutputs')}</p>}
      <details className="text-port text-ink2">
        <summary className="cursor-pointer">{reply.streamed ? t('rawEvents') : t('rawBody')}</summary>
        <CodeBox
          text={reply.text}
          label={reply.streamed ? t('rawEvents') : t('rawBody')}
          wrap
          className="mt-2 max-h-56 rounded-field border"
        />
      </details>
    </section>
  );
}
