import type { Locale } from '@patchbay/flow';
import type { PortType } from '@patchbay/node-kit';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditorStore } from '../store/context.tsx';
import { portsKept } from '../store/edits/ports.ts';
import { labelText, stepTitle, typeText } from '../store/titles.ts';
import type { CommandName } from '../store/types.ts';

/** The reader's words: the canvas's own, and those of node types, ports and value types. */
export function useWords() {
  const { t, i18n } = useTranslation(['canvas', 'loops', 'reuse', 'shelves']);
  const store = useEditorStore();
  return useMemo(() => {
    const locale: Locale = i18n.language.startsWith('zh') ? 'zh-Hans' : 'en';
    const { catalogue } = store;
    const type = (portType: PortType) => typeText(portType, locale, (item) => t('listOf', { type: item }));
    const title = (id: string) => {
      const { nodes } = store.getState().flow;
      const node = Object.hasOwn(nodes, id) ? nodes[id] : undefined;
      return node === undefined ? id : stepTitle(catalogue, id, node, locale);
    };
    const output = (id: string, port: string) => {
      const { nodes } = store.getState().flow;
      const node = Object.hasOwn(nodes, id) ? nodes[id] : undefined;
      const found = node && portsKept(catalogue, node)?.outputs.find((one) => one.id === port);
      return found === undefined ? port : labelText(found.title, locale);
    };
    /** A command's or other word's text by its full key, which may come from any part of the interface. */
    const command = (name: CommandName) => String(i18n.t(name.key as never, (name.params ?? {}) as never));
    return { t, locale, type, title, output, command, label: (label: Parameters<typeof labelText>[0]) => labelText(label, locale) };
  }, [t, i18n, store, i18n.language]);
}
export type WordsOfCanvas = ReturnType<typeof useWords>;
