import { commands } from '../store/commands.ts';
import { useEditorStore } from '../store/context.tsx';
import { StepIcon } from './icons.tsx';
import { useWords } from './use-words.ts';

const beginnings = ['input', 'prompt', 'model'] as const;

/** A flow without steps: where a first card would stand, three that flows begin with. */
export function EmptyState({ focusStep }: { focusStep: (id: string) => void }) {
  const store = useEditorStore();
  const { t, locale } = useWords();
  return (
    <div className="canvas-empty">
      <div className="canvas-ghost">
        <p className="canvas-ghost-title">{t('empty.title')}</p>
        <p className="canvas-ghost-hint">{t('empty.hint')}</p>
        <div className="canvas-ghost-ways">
          {beginnings.map((type) => {
            const definition = store.catalogue.get(type);
            return definition === undefined ? null : (
              <button
                key={type}
                type="button"
                className="canvas-begin"
                onClick={() => focusStep(commands.addNode(store, { type, at: { x: 0, y: 0 } }))}
              >
                <StepIcon name={definition.icon} />
                {definition.words.title[locale]}
              </button>
            );
          })}
        </div>
      </div>
    </div>
  );
}
