import { useReactFlow } from '@xyflow/react';
import { useEffect } from 'react';
import { useEditorStore } from '../store/context.tsx';

const margin = 24;

/** When a panel takes room from the canvas, the one step that is chosen stays in sight. */
export function useKeepInView(canvas: () => HTMLElement | null): void {
  const store = useEditorStore();
  const view = useReactFlow();
  useEffect(() => {
    const root = canvas();
    if (root === null) return;
    let before = root.getBoundingClientRect();
    const observer = new ResizeObserver(() => {
      const frame = root.getBoundingClientRect();
      const shrinks = frame.width < before.width || frame.height < before.height;
      before = frame;
      const [id, ...others] = store.getState().selection.nodes;
      if (!shrinks || id === undefined || others.length > 0) return;
      const card = root.querySelector(`.react-flow__node[data-id="${CSS.escape(id)}"]`);
      if (card === null || card.classList.contains('dragging')) return;
      const box = card.getBoundingClientRect();
      const over = { x: Math.max(0, box.right + margin - frame.right), y: Math.max(0, box.bottom + margin - frame.bottom) };
      if (over.x === 0 && over.y === 0) return;
      const { x, y, zoom } = view.getViewport();
      void view.setViewport({ x: x - over.x, y: y - over.y, zoom }, { duration: 200 });
    });
    observer.observe(root);
    return () => observer.disconnect();
  }, [store, view, canvas]);
}
