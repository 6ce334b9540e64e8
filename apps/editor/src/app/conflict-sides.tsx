import { diffFlows, type FieldChange, type FlowDocument, type FlowEdge, splitEnd } from '@patchbay/flow';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../i18n/index.ts';
import { type StepNames, stepNames } from '../run/step-names.ts';
import { useEditorStore } from '../store/context.tsx';
import { nodeOf } from '../store/edits/ends.ts';
import { CodeBox } from '../ui/code-box.tsx';
import { type FieldWords, useFieldWords } from './use-field-words.ts';

interface Row {
  title: string;
  mine: string;
  theirs: string;
}
interface Part {
  id: string;
  title: string;
  rows: Row[];
  /** The whole step on either side, for who wants to read it as it is written. */
  raw?: { mine: string; theirs: string };
}

/** Only what differs, step by step and field by field, in the words of the form. */
export function ConflictSides({ mine, theirs }: { mine: FlowDocument; theirs: FlowDocument }) {
  const { t } = useTranslation('app');
  const parts = useParts(mine, theirs);
  if (parts.length === 0) return <p className="text-ink2">{t('conflict.same')}</p>;
  return (
    <div className="flex flex-col gap-6">
      {parts.map((part) => (
        <section key={part.id} aria-label={part.title} className="flex flex-col gap-2">
          <h3 className="text-field font-semibold">{part.title}</h3>
          {part.rows.map((row) => (
            <RowView key={row.title} row={row} />
          ))}
          {part.raw !== undefined && (
            <details className="text-port text-ink2">
              <summary className="cursor-pointer">{t('conflict.raw')}</summary>
              <div className="mt-1 grid grid-cols-2 gap-2">
                <CodeBox text={part.raw.mine} label={t('conflict.mineSide')} wrap className="max-h-48 rounded-field" />
                <CodeBox text={part.raw.theirs} label={t('conflict.theirsSide')} wrap className="max-h-48 rounded-field" />
              </div>
            </details>
          )}
        </section>
      ))}
    </div>
  );
}

function useParts(mine: FlowDocument, theirs: FlowDocument): Part[] {
  const { t } = useTranslation('app');
  const locale = useLocale();
  const { catalogue } = useEditorStore();
  const words = useFieldWords();
  return useMemo(() => {
    const diff = diffFlows(theirs, mine);
    const names = { mine: stepNames(mine, catalogue, locale), theirs: stepNames(theirs, catalogue, locale) };
    const only = (id: string, side: 'mine' | 'theirs'): Part => {
      const [mineText, theirsText] =
        side === 'mine' ? [t('conflict.there'), t('conflict.absent')] : [t('conflict.absent'), t('conflict.there')];
      return { id, title: names[side](id), rows: [{ title: t('conflict.step'), mine: mineText, theirs: theirsText }] };
    };
    const wires = { mine: wireLines(diff.edges.added, names.mine), theirs: wireLines(diff.edges.removed, names.theirs) };
    const wireRow = { title: t('conflict.wiresOnly'), mine: wires.mine || '–', theirs: wires.theirs || '–' };
    return [
      ...(diff.document.length === 0 ? [] : [{ id: '/', title: t('conflict.flow'), rows: rowsOf(diff.document, { mine, theirs, words }) }]),
      ...diff.nodes.added.map((id) => only(id, 'mine')),
      ...diff.nodes.removed.map((id) => only(id, 'theirs')),
      ...diff.nodes.changed.map(({ id, fields }) => ({
        id,
        title: names.mine(id),
        rows: rowsOf(fields, { mine, theirs, words }),
        raw: { mine: rawOf(mine, id), theirs: rawOf(theirs, id) },
      })),
      ...(wires.mine + wires.theirs === '' ? [] : [{ id: '/edges', title: t('conflict.wires'), rows: [wireRow] }]),
    ];
  }, [mine, theirs, catalogue, locale, words, t]);
}

const rowsOf = (fields: FieldChange[], { mine, theirs, words }: { mine: FlowDocument; theirs: FlowDocument; words: FieldWords }): Row[] =>
  fields.map(({ pointer, before, after }) => ({
    title: words.title(mine, pointer),
    mine: words.value(mine, pointer, after),
    theirs: words.value(theirs, pointer, before),
  }));

const wireLines = (edges: readonly FlowEdge[], name: StepNames): string =>
  edges.map(({ from, to }) => [from, to].map((end) => endText(end, name)).join(' → ')).join('\n');

function endText(end: string, name: StepNames): string {
  const { node, port } = splitEnd(end);
  return `${name(node)} · ${port}`;
}

const rawOf = (flow: FlowDocument, id: string): string => JSON.stringify(nodeOf(flow, id) ?? null, null, 2);

function RowView({ row }: { row: Row }) {
  const { t } = useTranslation('app');
  return (
    <div>
      <h4 className="mb-1 text-port font-medium text-ink2">{row.title}</h4>
      <div className="grid grid-cols-2 gap-2">
        <Side label={t('conflict.mineSide')} text={row.mine} other={row.theirs} />
        <Side label={t('conflict.theirsSide')} text={row.theirs} other={row.mine} />
      </div>
    </div>
  );
}

/** One side's value; lines the other side does not have are marked. */
function Side({ label, text, other }: { label: string; text: string; other: string }) {
  const there = new Set(other.split('\n'));
  return (
    <section aria-label={label} className="min-w-0">
      <p className="text-meta text-ink3">{label}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div tabIndex={0} className="scroll max-h-48 rounded-field border px-2 py-1 text-body">
        {text.split('\n').map((line, index) =>
          line === '' || there.has(line) ? (
            <p key={index} className="min-h-5 break-words whitespace-pre-wrap pl-2">
              {line}
            </p>
          ) : (
            <p key={index} className="min-h-5 break-words whitespace-pre-wrap border-l-2 border-warn pl-1.5">
              <mark className="bg-warn/15 text-ink">{line}</mark>
            </p>
          ),
        )}
      </div>
    </section>
  );
}
