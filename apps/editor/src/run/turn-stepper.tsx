import { ChevronLeft, ChevronRight, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';

export interface TurnStepperProps {
  /** The container's title. */
  name: string;
  /** Numbers of the turns that have begun, from 0, in order. */
  seen: readonly number[];
  failed: readonly number[];
  turn: number;
  onTurn: (turn: number) => void;
  /** On the canvas, which is one tab stop: its buttons are not reached by Tab. */
  quiet?: boolean;
}

const arrow = 'grid size-6 place-items-center rounded-chip text-ink2 hover:bg-sunken hover:text-ink disabled:opacity-40';

/** Which turn of a container is looked at, as “3/20”, and the way to the one before, the next, and those that failed. */
export function TurnStepper({ name, seen, failed, turn, onTurn, quiet = false }: TurnStepperProps) {
  const { t } = useTranslation('loops');
  const at = seen.indexOf(turn);
  const [before, after] = [seen[at - 1], seen[at + 1]];
  const tab = quiet ? -1 : undefined;
  const nextFailed = failed.find((one) => one > turn) ?? failed[0];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is filled in.
    <span role="group" aria-label={t('turns', { title: name })} className="nodrag nopan inline-flex shrink-0 items-center text-port">
      <button
        type="button"
        tabIndex={tab}
        className={arrow}
        aria-label={t('before')}
        disabled={before === undefined}
        onClick={() => before !== undefined && onTurn(before)}
      >
        <ChevronLeft size={14} aria-hidden />
      </button>
      <span role="status" className={`figures min-w-8 text-center ${failed.includes(turn) ? 'font-semibold text-bad' : 'text-ink2'}`}>
        <span className="sr-only">{t('turn', { turn: at + 1, count: seen.length })}</span>
        <span aria-hidden>{`${at + 1}/${seen.length}`}</span>
      </span>
      <button
        type="button"
        tabIndex={tab}
        className={arrow}
        aria-label={t('next')}
        disabled={after === undefined}
        onClick={() => after !== undefined && onTurn(after)}
      >
        <ChevronRight size={14} aria-hidden />
      </button>
      {nextFailed !== undefined && (
        <button
          type="button"
          tabIndex={tab}
          aria-label={`${t('failed', { count: failed.length })}. ${t('nextFailed')}`}
          title={t('nextFailed')}
          className="ml-1 inline-flex h-6 items-center gap-1 rounded-chip px-1.5 font-medium text-bad hover:bg-sunken"
          onClick={() => onTurn(nextFailed)}
        >
          <TriangleAlert size={12} aria-hidden />
          {t('failed', { count: failed.length })}
        </button>
      )}
    </span>
  );
}
