import type { FlowNode } from '@patchbay/flow';
import { type Category, categories, type NodeDefinition } from '@patchbay/node-kit';
import { PanelLeftClose, PanelLeftOpen, Search } from 'lucide-react';
import { useMemo, useState } from 'react';
import { commands } from '../store/commands.ts';
import { useEditorStore } from '../store/context.tsx';
import { isContainer } from '../store/edits/containers.ts';
import { dragFormat } from './gestures.ts';
import { StepIcon } from './icons.tsx';
import { stepAdded } from './use-focus-step.ts';
import { useFoundTypes } from './use-found-types.ts';
import { useWords } from './use-words.ts';

const widthSetting = 'patchbay.palette';
const roomyFrom = 1_000;

/** As it was left; at first open where there is room beside the canvas. */
function openAtFirst(): boolean {
  const kept = globalThis.localStorage?.getItem(widthSetting) ?? null;
  return kept === null ? window.innerWidth >= roomyFrom : kept !== 'closed';
}

/** All step types by shelf. A drag puts one anywhere or on a wire; a click adds it after the selected step. */
export function Palette() {
  const store = useEditorStore();
  const { t } = useWords();
  const [open, setOpen] = useState(openAtFirst);
  const [query, setQuery] = useState('');
  const all = useMemo(() => [...store.catalogue.values()], [store]);
  const found = useFoundTypes(all, query);
  const toggle = () => {
    globalThis.localStorage?.setItem(widthSetting, open ? 'closed' : 'open');
    setOpen(!open);
  };
  if (!open) {
    return (
      <aside className="palette" data-closed="" aria-label={t('palette.title')}>
        <button type="button" className="canvas-tool" aria-label={t('palette.expand')} title={t('palette.expand')} onClick={toggle}>
          <PanelLeftOpen size={16} strokeWidth={1.75} aria-hidden="true" />
        </button>
      </aside>
    );
  }
  return (
    <aside className="palette" aria-label={t('palette.title')}>
      <div className="palette-head">
        <h2>{t('palette.title')}</h2>
        <button type="button" className="canvas-tool" aria-label={t('palette.collapse')} title={t('palette.collapse')} onClick={toggle}>
          <PanelLeftClose size={16} strokeWidth={1.75} aria-hidden="true" />
        </button>
      </div>
      <label className="palette-search">
        <Search size={14} aria-hidden="true" />
        <input
          type="search"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          placeholder={t('palette.search')}
          aria-label={t('palette.search')}
        />
      </label>
      <div className="palette-shelves scroll">
        {found.length === 0 && <p className="palette-none">{t('palette.none', { query })}</p>}
        {query === '' ? (
          categories.map((category) => (
            <Shelf key={category} category={category} items={found.filter((one) => one.category === category)} />
          ))
        ) : (
          <Items items={found} />
        )}
      </div>
    </aside>
  );
}

function Shelf({ category, items }: { category: Category; items: NodeDefinition[] }) {
  const { t } = useWords();
  if (items.length === 0) return null;
  return (
    <section>
      <h3 className="palette-shelf">{t(`shelves:${category}`)}</h3>
      <Items items={items} />
    </section>
  );
}

function Items({ items }: { items: NodeDefinition[] }) {
  const store = useEditorStore();
  const { t, locale } = useWords();
  const add = (type: string, alone: boolean) => {
    const { selection, flow } = store.getState();
    // With nothing chosen it goes after the newest step that stands by itself, not into a container.
    const standsAlone = ([, node]: [string, FlowNode]) => node.parent === undefined && !isContainer(store.catalogue, node);
    const after = selection.nodes.at(-1) ?? Object.entries(flow.nodes).findLast(standsAlone)?.[0];
    const id = commands.addNode(store, { type, after: alone ? undefined : after });
    window.dispatchEvent(new CustomEvent(stepAdded, { detail: id }));
  };
  return (
    <ul>
      {items.map((definition) => (
        <li key={definition.type}>
          <button
            type="button"
            className="palette-item"
            draggable
            aria-label={t('palette.add', { title: definition.words.title[locale] })}
            title={definition.words.summary[locale]}
            onClick={(event) => add(definition.type, event.altKey)}
            onDragStart={(event) => {
              event.dataTransfer.setData(dragFormat, definition.type);
              event.dataTransfer.effectAllowed = 'copy';
            }}
          >
            <StepIcon name={definition.icon} />
            {definition.words.title[locale]}
          </button>
        </li>
      ))}
    </ul>
  );
}
