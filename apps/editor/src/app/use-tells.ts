import { useEffect } from 'react';
import { toast } from '../ui/toast.tsx';

/** Sentences the canvas wants shown, as "this text holds no steps". */
export function useTells(): void {
  useEffect(() => {
    const tell = (event: Event) => {
      if (event instanceof CustomEvent && typeof event.detail === 'string') toast(event.detail);
    };
    window.addEventListener('patchbay:tell', tell);
    return () => window.removeEventListener('patchbay:tell', tell);
  }, []);
}
