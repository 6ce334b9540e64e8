import { Menu } from '@base-ui/react/menu';
import { Command } from 'cmdk';
import { useMemo } from 'react';
import { useRunActions } from '../run/run-actions.tsx';
import { commands } from '../store/commands.ts';
import { useEditor, useEditorStore } from '../store/context.tsx';
import type { FanInChoice } from '../store/edits/connect.ts';
import { homeOf, isContainer } from '../store/edits/containers.ts';
import { endNode, endPort, joinEnd, nodeOf } from '../store/edits/ends.ts';
import { portsKept } from '../store/edits/ports.ts';
import { circleOf } from '../store/edits/wrap.ts';
import { mayPin, togglePin } from '../store/pin-commands.ts';
import { pinOf } from '../store/pins.ts';
import type { EditorStore } from '../store/types.ts';
import { toast } from '../ui/toast.tsx';
import { type Overlay, useCanvasUi, useUi } from './canvas-ui.ts';
import { openEnds } from './compatible.ts';
import { Floating } from './floating.tsx';
import { StepIcon } from './icons.tsx';
import { NodePicker } from './node-picker.tsx';
import { keycaps } from './shortcuts.ts';
import { useConnectActions } from './use-connect.ts';
import type { FocusStep } from './use-focus-step.ts';
import { useWords, type WordsOfCanvas } from './use-words.ts';
import { useWrap } from './use-wrap.ts';

/** What floats over the canvas, one at a time. */
export function Overlays({ focusStep, onOpen }: { focusStep: FocusStep; onOpen?: ((id: string) => void) | undefined }) {
  const ui = useCanvasUi();
  const actions = useConnectActions();
  const overlay = useUi((state) => state.overlay);
  const close = () => ui.setState({ overlay: null });
  if (overlay === null) return null;
  if (overlay.kind === 'fan-in') return <FanInChoices asked={overlay} onDone={close} />;
  if (overlay.kind === 'refusal') return <Refusal told={overlay} onDone={close} />;
  if (overlay.kind === 'targets') return <Targets asked={overlay} onDone={close} focusStep={focusStep} />;
  if (overlay.kind === 'menu') return <StepMenu asked={overlay} onDone={close} focusStep={focusStep} onOpen={onOpen} />;
  return (
    <NodePicker
      asked={overlay}
      onDone={(added) => {
        close();
        if (added === null) return;
        actions.saidAdded(added);
        focusStep(added, true);
      }}
    />
  );
}

const choices = ['replace', 'first', 'list', 'text'] as const satisfies readonly FanInChoice[];

/** A second wire came to a port: what shall become of the two? */
function FanInChoices({ asked, onDone }: { asked: Overlay & { kind: 'fan-in' }; onDone: () => void }) {
  const store = useEditorStore();
  const actions = useConnectActions();
  const { t } = useWords();
  const choose = (choice: FanInChoice) => {
    if (asked.replaces === undefined) commands.connect(store, asked.from, asked.to, choice);
    else commands.reconnect(store, asked.replaces, asked.from, asked.to, choice);
    actions.said(asked.from, asked.to);
    onDone();
  };
  return (
    <Floating at={asked.at} label={t('fanIn.title')} onClose={onDone} className="choices">
      <p className="choices-title">{t('fanIn.title')}</p>
      {choices.map((choice) => (
        <button key={choice} type="button" className="choice" aria-label={t(`fanIn.${choice}`)} onClick={() => choose(choice)}>
          <span className="choice-title">{t(`fanIn.${choice}`)}</span>
          <span className="choice-hint">{t(`fanIn.${choice}Hint`)}</span>
        </button>
      ))}
    </Floating>
  );
}

/** Why a wire cannot be, and a step that would make it possible where there is one. */
function Refusal({ told, onDone }: { told: Overlay & { kind: 'refusal' }; onDone: () => void }) {
  const store = useEditorStore();
  const { t, locale } = useWords();
  const converters = told.converters.flatMap((type) => store.catalogue.get(type) ?? []);
  return (
    <Floating at={told.at} label={told.sentence} onClose={onDone} className="refusal">
      <p role="alert" className="refusal-text">
        {told.sentence}
      </p>
      <div className="refusal-ways">
        {converters.map((definition, index) => (
          <button
            key={definition.type}
            type="button"
            className="button-quiet"
            onClick={() => {
              commands.addNode(store, { type: definition.type, from: told.from, to: told.to });
              onDone();
            }}
          >
            {index === 0 ? t('refusal.insertConverter') : t('refusal.converterNamed', { title: definition.words.title[locale] })}
          </button>
        ))}
        {told.circle === true && <WrapInRepeat told={told} onDone={onDone} />}
        <button type="button" className="button-quiet" onClick={onDone}>
          {t('refusal.close')}
        </button>
      </div>
    </Floating>
  );
}

/** A wire that leads back may be the way to the next turn. */
function WrapInRepeat({ told, onDone }: { told: Overlay & { kind: 'refusal' }; onDone: () => void }) {
  const store = useEditorStore();
  const { t } = useWords();
  const wrap = useWrap();
  const { from, to } = told;
  if (from === undefined || to === undefined) return null;
  const { flow } = store.getState();
  return (
    <button
      type="button"
      className="button-quiet"
      onClick={() => {
        onDone();
        wrap('repeat', circleOf(flow, store.catalogue, { from, to }), { from, to });
      }}
    >
      {t('loops:menu.repeat')}
    </button>
  );
}

/** Connecting by keys: every input this step's outputs may feed, by name. */
function Targets({ asked, onDone, focusStep }: { asked: Overlay & { kind: 'targets' }; onDone: () => void; focusStep: FocusStep }) {
  const store = useEditorStore();
  const ui = useCanvasUi();
  const actions = useConnectActions();
  const { t, title, label } = useWords();
  const flow = useEditor((state) => state.flow);
  const node = nodeOf(flow, asked.node);
  const outputs = (node && portsKept(store.catalogue, node)?.outputs) ?? [];
  const pairs = useMemo(
    () =>
      outputs.flatMap((port) => {
        const from = joinEnd(asked.node, port.id);
        const ends = [...openEnds(flow, store.catalogue, { end: from, side: 'output' })].map((key) => key.slice('input:'.length));
        return ends.map((to) => ({ port, from, to }));
      }),
    [outputs, flow, store, asked.node],
  );
  const inputTitle = (end: string) => {
    const target = nodeOf(flow, endNode(end));
    const port = target && portsKept(store.catalogue, target)?.inputs.find((one) => one.id === endPort(end));
    return port === undefined ? endPort(end) : label(port.title);
  };
  const name = t('connectTo', { from: title(asked.node) });
  return (
    <Floating
      at={asked.at}
      label={name}
      className="picker"
      onClose={() => {
        ui.setState({ said: t('said.cancelled') });
        onDone();
        focusStep(asked.node);
      }}
    >
      <Command loop label={name}>
        <Command.Input autoFocus placeholder={name} className="picker-input" />
        <Command.List className="picker-list scroll" label={name}>
          <Command.Empty className="picker-none">{t('noTargets')}</Command.Empty>
          {pairs.map(({ port, from, to }) => {
            const words = t('wirePort', { step: title(endNode(to)), port: inputTitle(to) });
            const full = outputs.length > 1 ? `${label(port.title)} → ${words}` : words;
            return (
              <Command.Item
                key={`${from}>${to}`}
                value={`${full} ${to}`}
                className="picker-item"
                onSelect={() => {
                  onDone();
                  focusStep(asked.node);
                  actions.finish({ end: from, side: 'output' }, to, asked.at);
                }}
              >
                <span className="picker-icon">
                  <StepIcon name={store.catalogue.get(nodeOf(flow, endNode(to))?.type ?? '')?.icon} />
                </span>
                {full}
              </Command.Item>
            );
          })}
          {outputs.map((port) => {
            const words = outputs.length > 1 ? `${label(port.title)} → ${t('newStep')}` : t('newStep');
            return (
              <Command.Item
                key={port.id}
                value={`${words} ${port.id}`}
                className="picker-item"
                onSelect={() => {
                  const loose = { end: joinEnd(asked.node, port.id), side: 'output' } as const;
                  ui.setState({ overlay: { kind: 'picker', at: asked.at, fit: { takes: port.type }, loose } });
                }}
              >
                <span className="picker-icon" />
                {words}
              </Command.Item>
            );
          })}
        </Command.List>
      </Command>
    </Floating>
  );
}

function takeOut(store: EditorStore, id: string, t: WordsOfCanvas['t']): void {
  const fault = commands.takeOut(store, id);
  if (fault !== null) toast(t(`loops:stay.${fault}`));
}

/** What runs a part, and the pin. */
function useRunItems(id: string) {
  const store = useEditorStore();
  const { t } = useWords();
  const { runStep, runFrom, running } = useRunActions();
  if (!mayPin(store, id)) return [];
  const pinned = pinOf(store.getState(), id) !== undefined;
  const pin = () => {
    if (togglePin(store, id) === 'nothing') toast(t('reuse:pinNothing'));
  };
  return [
    ...(running || pinned ? [] : [{ key: 'step', words: t('reuse:runStep'), keys: 'Shift+Enter', run: () => runStep(id) }]),
    ...(running ? [] : [{ key: 'from', words: t('reuse:runFrom'), keys: 'Mod+Shift+Enter', run: () => runFrom(id) }]),
    { key: 'pin', words: t(pinned ? 'reuse:unpin' : 'reuse:pin'), keys: 'P', run: pin },
  ];
}

interface StepMenuProps {
  asked: Overlay & { kind: 'menu' };
  onDone: () => void;
  focusStep: FocusStep;
  onOpen?: ((id: string) => void) | undefined;
}

function StepMenu({ asked, onDone, focusStep, onOpen }: StepMenuProps) {
  const store = useEditorStore();
  const ui = useCanvasUi();
  const { t, title } = useWords();
  const anchor = useMemo(() => ({ getBoundingClientRect: () => new DOMRect(asked.at.x, asked.at.y, 0, 0) }), [asked.at.x, asked.at.y]);
  const id = asked.node;
  const bypassed = nodeOf(store.getState().flow, id)?.bypass === true;
  const openIt = () => {
    store.select({ nodes: [id] });
    onOpen?.(id);
  };
  const wrap = useWrap();
  const { flow, selection } = store.getState();
  const home = homeOf(flow, store.catalogue, id);
  const several = selection.nodes.includes(id) ? selection.nodes : [id];
  const items: { key: string; words: string; keys: string; run: () => void }[] = [
    { key: 'open', words: t('menu.open'), keys: '↵', run: openIt },
    ...useRunItems(id),
    { key: 'rename', words: t('menu.rename'), keys: 'F2', run: () => ui.setState({ renaming: id }) },
    {
      key: 'duplicate',
      words: t('menu.duplicate'),
      keys: 'Mod+D',
      run: () => {
        for (const copy of commands.duplicate(store, [id])) focusStep(copy);
      },
    },
    { key: 'bypass', words: t(bypassed ? 'menu.unbypass' : 'menu.bypass'), keys: 'B', run: () => commands.toggleBypass(store, [id]) },
    ...(store.catalogue.has('for_each')
      ? [{ key: 'each', words: t('loops:menu.forEach'), keys: '', run: () => wrap('for_each', several) }]
      : []),
    ...(store.catalogue.has('repeat')
      ? [{ key: 'repeat', words: t('loops:menu.repeat'), keys: '', run: () => wrap('repeat', several) }]
      : []),
    ...(isContainer(store.catalogue, nodeOf(flow, id))
      ? [{ key: 'fit', words: t('loops:menu.fit'), keys: '', run: () => commands.fitFrame(store, id) }]
      : []),
    ...(home === undefined
      ? []
      : [{ key: 'out', words: t('loops:menu.takeOut', { container: title(home) }), keys: '', run: () => takeOut(store, id, t) }]),
    {
      key: 'remove',
      words: t('menu.remove'),
      keys: 'Del',
      run: () => {
        store.select({ nodes: [id] });
        commands.removeSelected(store);
      },
    },
  ];
  return (
    <Menu.Root open onOpenChange={(open) => !open && onDone()} modal={false}>
      <Menu.Portal>
        <Menu.Positioner anchor={anchor} side="bottom" align="end" collisionPadding={8} className="canvas-floating">
          <Menu.Popup className="floating step-menu">
            {items.map((item) => (
              <Menu.Item
                key={item.key}
                className="step-menu-item"
                onClick={() => {
                  onDone();
                  item.run();
                }}
              >
                <span>{item.words}</span>
                {item.keys !== '' && <kbd>{keycaps(item.keys, /Mac|iP/.test(navigator.platform)).join(' ')}</kbd>}
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
