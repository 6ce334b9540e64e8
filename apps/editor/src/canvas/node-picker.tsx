import { Command } from 'cmdk';
import { useMemo, useState } from 'react';
import { commands } from '../store/commands.ts';
import { useEditorStore } from '../store/context.tsx';
import { cardWidth } from '../store/edits/place.ts';
import { fittingTypes } from '../store/edits/targets.ts';
import type { EditorStore } from '../store/types.ts';
import type { Overlay } from './canvas-ui.ts';
import { Floating } from './floating.tsx';
import { StepIcon } from './icons.tsx';
import { useFoundTypes } from './use-found-types.ts';
import { useWords } from './use-words.ts';

type Asked = Overlay & { kind: 'picker' };
/** The first port's row inside a new card, so that the card comes to stand at the wire's end. */
const portDrop = 76;

/** Search for a step to add: all of them, or only what fits the wire it is asked for, best first. */
export function NodePicker({ asked, onDone }: { asked: Asked; onDone: (added: string | null) => void }) {
  const store = useEditorStore();
  const { t, locale, type } = useWords();
  const [query, setQuery] = useState(asked.query ?? '');
  const fitting = useMemo(() => fittingTypes(store.catalogue, asked.fit), [store, asked.fit]);
  const found = useFoundTypes(fitting, query);
  const needs = asked.fit.takes ?? asked.fit.gives;
  return (
    <Floating at={asked.at} label={t('picker.label')} onClose={() => onDone(null)} className="picker">
      <Command shouldFilter={false} loop label={t('picker.label')}>
        <Command.Input autoFocus value={query} onValueChange={setQuery} placeholder={t('picker.placeholder')} className="picker-input" />
        {needs !== undefined && <p className="picker-fit">{t('picker.fits', { type: type(needs) })}</p>}
        <Command.List className="picker-list scroll" label={t('picker.label')}>
          <Command.Empty className="picker-none">
            {query === '' && needs !== undefined ? t('picker.noneFits', { type: type(needs) }) : t('picker.none', { query })}
          </Command.Empty>
          {found.map((definition) => (
            <Command.Item
              key={definition.type}
              value={definition.type}
              className="picker-item"
              onSelect={() => onDone(addPicked(store, asked, definition.type))}
            >
              <span className="picker-icon">
                <StepIcon name={definition.icon} />
              </span>
              <span className="picker-words">
                <span className="picker-title">{definition.words.title[locale]}</span>
                <span className="picker-summary">{definition.words.summary[locale]}</span>
              </span>
            </Command.Item>
          ))}
        </Command.List>
      </Command>
    </Floating>
  );
}

function addPicked(store: EditorStore, asked: Asked, type: string): string | null {
  const { edge, loose, place, after } = asked;
  if (edge !== undefined) return commands.insertOnEdge(store, edge, type);
  if (loose?.side === 'output') {
    return commands.addNode(store, { type, from: loose.end, ...(place && { at: { x: place.x, y: place.y - portDrop } }) });
  }
  if (loose?.side === 'input') {
    return commands.addNode(store, { type, to: loose.end, ...(place && { at: { x: place.x - cardWidth, y: place.y - portDrop } }) });
  }
  return commands.addNode(store, { type, after, ...(place && { at: place }) });
}
