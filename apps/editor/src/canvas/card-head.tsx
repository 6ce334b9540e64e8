import type { NodeDefinition } from '@patchbay/node-kit';
import { MoreHorizontal } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { commands } from '../store/commands.ts';
import { useEditorStore } from '../store/context.tsx';
import type { StepState } from '../store/types.ts';
import { useCanvasUi, useUi } from './canvas-ui.ts';
import { StepIcon } from './icons.tsx';
import { StepFigures, StepStatusGlyph } from './node-run.tsx';
import { useWords } from './use-words.ts';

interface CardHeadProps {
  id: string;
  definition: NodeDefinition | undefined;
  step: StepState | undefined;
  /** Stands after the title. */
  children?: ReactNode;
}

/** The first line of a step or container: what it is, what it is called, how its run went, its menu. */
export function CardHead({ id, definition, step, children }: CardHeadProps) {
  const { t, title, locale } = useWords();
  const name = title(id);
  return (
    <>
      <span className="card-bar" />
      <header className="card-head">
        <span className="card-icon" title={definition?.words.title[locale]}>
          <StepIcon name={definition?.icon} />
        </span>
        <CardTitle id={id} name={name} />
        {children}
        <StepFigures step={step} />
        <StepStatusGlyph step={step} />
        <MenuButton id={id} label={t('stepMenu', { title: name })} />
      </header>
    </>
  );
}

function CardTitle({ id, name }: { id: string; name: string }) {
  const ui = useCanvasUi();
  const renaming = useUi((state) => state.renaming === id);
  if (renaming) return <TitleField id={id} name={name} />;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: F2 and the step's menu rename by keys; this is the mouse's way.
    <span
      className="card-title"
      title={name}
      data-short={/^[\x20-\x7e]{0,14}$/.test(name) || undefined}
      onDoubleClick={(event) => {
        event.stopPropagation();
        ui.setState({ renaming: id });
      }}
    >
      {name}
    </span>
  );
}

function TitleField({ id, name }: { id: string; name: string }) {
  const store = useEditorStore();
  const ui = useCanvasUi();
  const { t } = useWords();
  const field = useRef<HTMLInputElement>(null);
  const done = useRef(false);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const close = (keep: boolean) => {
    if (done.current) return;
    done.current = true;
    if (keep && field.current !== null && field.current.value !== name) commands.rename(store, id, field.current.value);
    const card = field.current?.closest<HTMLElement>('.react-flow__node');
    ui.setState({ renaming: null });
    card?.focus();
  };
  return (
    <input
      ref={field}
      className="card-rename nodrag nopan"
      aria-label={t('renameStep')}
      defaultValue={name}
      maxLength={200}
      onBlur={() => close(true)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') close(true);
        if (event.key === 'Escape') close(false);
      }}
    />
  );
}

function MenuButton({ id, label }: { id: string; label: string }) {
  const ui = useCanvasUi();
  return (
    <button
      type="button"
      className="card-menu nodrag"
      aria-label={label}
      aria-haspopup="menu"
      tabIndex={-1}
      onClick={(event) => {
        event.stopPropagation();
        const box = event.currentTarget.getBoundingClientRect();
        ui.setState({ overlay: { kind: 'menu', at: { x: box.right, y: box.bottom + 4 }, node: id } });
      }}
    >
      <MoreHorizontal size={14} aria-hidden="true" />
    </button>
  );
}
