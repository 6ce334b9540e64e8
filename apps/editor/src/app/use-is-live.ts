import { semanticHash } from '@patchbay/flow';
import type { VersionResource } from '@patchbay/services/resources';
import { useEffect, useState } from 'react';
import { useEditor, useEditorStore } from '../store/context.tsx';

const restMs = 250;

/** Does the draft run as the live version does? Asked anew when typing rests: the hash reads the whole flow. */
export function useIsLive(published: VersionResource | null): boolean {
  const store = useEditorStore();
  const nodes = useEditor((state) => state.flow.nodes);
  const edges = useEditor((state) => state.flow.edges);
  const hash = published?.hash;
  const same = () => hash !== undefined && semanticHash({ ...store.getState().flow, nodes, edges }) === hash;
  const [live, setLive] = useState(same);
  useEffect(() => {
    const timer = setTimeout(() => setLive(same()), restMs);
    return () => clearTimeout(timer);
  }, [hash, nodes, edges]);
  return live;
}
