import { type ChatRequest, ModelError } from '@patchbay/models';
import type { LocalModels } from '../plugins.ts';

type Scored = Awaited<ReturnType<LocalModels['classifyText']>>;

/** Where several labels may fit, one fits that the model thinks likelier than not. */
const fits = 0.5;

/**
 * The labels of a model as the answer that was asked for. A Classify step names its own labels: one of the model's means the
 * step's label of that name or title, and the label `other` where there is none. Throws where the two have nothing in common.
 */
export function chooseLabels({ task, model }: ChatRequest, scored: Scored): string {
  if (task?.kind !== 'classify') return scored[0]?.label ?? '';
  const other = task.labels.find(({ id }) => id === 'other')?.id;
  const idOf = (label: string): string | undefined => task.labels.find(({ id, title }) => same(id, label) || same(title, label))?.id;
  const named = scored.flatMap(({ label, score }) => {
    const id = idOf(label);
    return id === undefined ? [] : [{ label: id, confidence: round(score) }];
  });
  if (task.many === true) {
    if (named.length === 0) throw differ(model, scored);
    return JSON.stringify({ labels: named.filter(({ confidence }) => confidence >= fits) });
  }
  const [surest] = scored;
  const strange = surest !== undefined && idOf(surest.label) === undefined;
  const chosen = strange && other !== undefined ? { label: other, confidence: round(surest.score) } : named[0];
  if (chosen === undefined) throw differ(model, scored);
  return JSON.stringify(chosen);
}

const same = (one: string, another: string): boolean => one.trim().toLowerCase() === another.trim().toLowerCase();
const round = (score: number): number => Math.round(score * 10_000) / 10_000;

const differ = (model: string, scored: Scored): ModelError =>
  new ModelError('invalid_input', 'local_labels_differ', {
    model,
    labels: scored
      .slice(0, 10)
      .map(({ label }) => label)
      .join(', '),
  });
