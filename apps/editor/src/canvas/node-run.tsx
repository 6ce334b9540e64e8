import type { Json } from '@patchbay/flow';
import { readableOutputs, valueToText } from '@patchbay/node-kit';
import { Ban, Check, ChevronDown, ChevronRight, CircleDashed, CircleSlash, type LucideIcon, TriangleAlert } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useEditorStore } from '../store/context.tsx';
import type { StepState } from '../store/types.ts';
import { filesIn, type ShownFile } from '../ui/shown-file.ts';
import { OriginTags } from './node-origin.tsx';
import { useWords } from './use-words.ts';

const glyphs: Partial<Record<StepState['status'], LucideIcon>> = {
  queued: CircleDashed,
  succeeded: Check,
  failed: TriangleAlert,
  skipped: CircleSlash,
  cancelled: Ban,
};
const longest = 600;

/** The state of a step's last run: a shape and a word, never colour alone. */
export function StepStatusGlyph({ step }: { step: StepState | undefined }) {
  const { t } = useWords();
  if (step === undefined) return null;
  const Glyph = glyphs[step.status];
  const word = t(`status.${step.status}`);
  return (
    <span className="card-status" data-status={step.status} role="img" aria-label={word} title={word}>
      {Glyph === undefined ? <span className="card-pulse" /> : <Glyph size={14} strokeWidth={2} aria-hidden="true" />}
    </span>
  );
}

/** Time and cost in figures. */
export function StepFigures({ step }: { step: StepState | undefined }) {
  const { locale } = useWords();
  if (step?.durationMs === undefined || step.status === 'skipped') return null;
  const cost = step.usage?.costUsd;
  return (
    <span className="card-figures">
      {duration(step.durationMs, locale)}
      {cost !== undefined &&
        cost !== null &&
        cost > 0 &&
        ` · ${new Intl.NumberFormat(locale, { style: 'currency', currency: 'USD', maximumSignificantDigits: 2 }).format(cost)}`}
    </span>
  );
}

function duration(ms: number, locale: string): string {
  const seconds = ms >= 1_000;
  const format = {
    style: 'unit',
    unit: seconds ? 'second' : 'millisecond',
    unitDisplay: 'narrow',
    maximumFractionDigits: seconds ? 1 : 0,
  } as const;
  return new Intl.NumberFormat(locale, format).format(seconds ? ms / 1_000 : Math.max(ms, ms > 0 ? 1 : 0));
}

/** The first lines of what a step gives, live while it streams. Empty text, null, skipped and not run look different. */
export function NodeOutput({ name, step, ends }: { name: string; step: StepState | undefined; ends: boolean }) {
  const { t } = useWords();
  const [closed, setClosed] = useState(false);
  const outputs = useReadable(ends ? step?.outputs : undefined) ?? step?.outputs;
  if (step === undefined) return null;
  const shown = outputText(step, outputs);
  if (shown === undefined) return null;
  return (
    <div className="card-output" data-live={step.status === 'streaming' || undefined}>
      <button
        type="button"
        className="card-fold nodrag"
        tabIndex={-1}
        aria-expanded={!closed}
        aria-label={t(closed ? 'showOutput' : 'hideOutput', { title: name })}
        onClick={(event) => {
          event.stopPropagation();
          setClosed(!closed);
        }}
      >
        {closed ? <ChevronRight size={12} aria-hidden="true" /> : <ChevronDown size={12} aria-hidden="true" />}
      </button>
      {!closed &&
        (shown.kind === 'file' ? (
          <CardFile file={shown.file} />
        ) : shown.kind === 'text' ? (
          <p className="card-text">{shown.text}</p>
        ) : (
          <p className="card-void">{t(shown.kind === 'empty' ? 'emptyText' : 'nothing')}</p>
        ))}
    </div>
  );
}

/** An image as it is, any other file by its name. */
function CardFile({ file }: { file: ShownFile }) {
  const name = file.name ?? file.mediaType;
  if (file.mediaType.startsWith('image/')) return <img className="card-image" src={file.url} alt={name} draggable={false} />;
  return <p className="card-text">{name}</p>;
}

type Shown = { kind: 'file'; file: ShownFile } | { kind: 'text'; text: string } | { kind: 'empty' } | { kind: 'null' };

/** What leaves the flow, as a person reads it: a choice by its title. As the flow was called when this came. */
function useReadable(outputs: StepState['outputs']): StepState['outputs'] {
  const store = useEditorStore();
  const { locale } = useWords();
  return useMemo(() => {
    if (outputs === undefined) return undefined;
    const read = readableOutputs(store.getState().flow, store.catalogue, locale);
    return Object.fromEntries(Object.entries(outputs).map(([port, value]) => [port, read(port, value)]));
  }, [store, outputs, locale]);
}

function outputText(step: StepState, outputs: StepState['outputs']): Shown | undefined {
  if (step.status === 'skipped' || step.status === 'queued') return undefined;
  const live = Object.values(step.text).find((text) => text !== '');
  if (outputs === undefined) return live === undefined ? undefined : { kind: 'text', text: live.slice(0, longest) };
  const value: Json | undefined = Object.entries(outputs).find(([port]) => port !== 'choice')?.[1];
  if (value === undefined) return live === undefined ? undefined : { kind: 'text', text: live.slice(0, longest) };
  if (value === null) return { kind: 'null' };
  const [file] = filesIn(value);
  if (file !== undefined) return { kind: 'file', file };
  const text = valueToText(value).slice(0, longest);
  return text === '' ? { kind: 'empty' } : { kind: 'text', text };
}

/** Only when there is something to say: pinned, used again, bypassed, simulated, trying again, skipped and why, failed and what to do. */
export function NodeFooter({ id, step, bypass, pinned }: { id: string; step: StepState | undefined; bypass: boolean; pinned: boolean }) {
  const { t, title, output } = useWords();
  const { reason, error, retry } = step ?? {};
  const lent = step?.origin?.kind === 'run';
  if (!bypass && !pinned && !lent && step?.simulated !== true && reason === undefined && error === undefined && retry === undefined)
    return null;
  return (
    <footer className="card-foot">
      <OriginTags id={id} />
      {bypass && <span className="card-tag">{t('bypassed')}</span>}
      {retry !== undefined && <span className="card-tag">{t('retrying', { attempt: retry.attempt })}</span>}
      {step?.simulated === true && <span className="card-tag card-simulated">{t('simulated')}</span>}
      {reason !== undefined && (
        <span className="card-why">
          {reason.code === 'branch' && reason.port !== undefined
            ? t('skip.branchPort', { node: title(reason.node), port: output(reason.node, reason.port) })
            : t(`skip.${reason.code}`, { node: title(reason.node) })}
        </span>
      )}
      {error !== undefined && (
        <span className="card-error">
          {error.message ?? error.reason}
          {error.fix !== undefined && <span className="card-fix">{error.fix}</span>}
        </span>
      )}
    </footer>
  );
}
