import '../i18n/words/canvas.ts';
import '../i18n/words/loops.ts';
import '../i18n/words/reuse.ts';
import '../i18n/words/run.ts';
import '../i18n/words/shelves.ts';
import { checkFlow } from '@patchbay/node-kit';
import type { FlowResource } from '@patchbay/services/resources';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import i18next from 'i18next';
import { CircleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/client.ts';
import { saverOf } from '../api/flows.ts';
import { flowQuery } from '../api/queries.ts';
import { sentenceOf } from '../api/sentence.ts';
import { EditorProvider } from '../store/context.tsx';
import { createEditorStore } from '../store/editor-store.ts';
import { openKeeper } from '../store/keeper.ts';
import type { EditorStore } from '../store/types.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { EditorLayout } from './editor-layout.tsx';

const route = getRouteApi('/flows/$id');

/** Loads a flow and opens it in a store of its own. */
export function EditorPage() {
  const { id } = route.useParams();
  const { t } = useTranslation('app');
  const query = useQuery(flowQuery(id));
  if (query.data !== undefined) return <OpenFlow key={id} flow={query.data} />;
  if (query.error === null) return <EditorSkeleton />;
  const missing = query.error instanceof ApiError && query.error.status === 404;
  return (
    <main id="content" tabIndex={-1} className="flex flex-1 items-center justify-center">
      <EmptyState
        icon={<CircleAlert />}
        title={t('editor.loadFailed')}
        text={missing ? t('editor.notFound') : sentenceOf(query.error)}
        action={
          <>
            {!missing && <Button onClick={() => void query.refetch()}>{t('retry')}</Button>}
            <Button nativeButton={false} render={<Link to="/" />}>
              {t('editor.back')}
            </Button>
          </>
        }
      />
    </main>
  );
}

/** The store lives as long as the page is open; what the query reads later never replaces it. */
function OpenFlow({ flow }: { flow: FlowResource }) {
  const [store, setStore] = useState<EditorStore>();
  const [first] = useState(flow);
  useEffect(() => {
    let made: EditorStore | undefined;
    let left = false;
    void openKeeper(first.id).then((keeper) => {
      if (left) return;
      const { id, etag } = first;
      made = createEditorStore({ flowId: id, flow: first.flow, etag, save: saverOf(id), check: checkFlow, keeper });
      setStore(made);
    });
    const leave = () => void made?.saveNow();
    window.addEventListener('pagehide', leave);
    const check = () => made?.checkNow();
    i18next.on('languageChanged', check);
    return () => {
      left = true;
      window.removeEventListener('pagehide', leave);
      i18next.off('languageChanged', check);
      void made?.saveNow().finally(() => made?.dispose());
    };
  }, [first]);
  if (store === undefined) return <EditorSkeleton />;
  return (
    <EditorProvider store={store}>
      <EditorLayout flow={flow} />
    </EditorProvider>
  );
}

function EditorSkeleton() {
  const { t } = useTranslation('app');
  return (
    <main id="content" tabIndex={-1} aria-busy className="flex flex-1 flex-col">
      <div role="status" aria-label={t('loading')} className="flex h-12 items-center gap-4 border-b bg-surface px-4">
        <Skeleton className="h-4 w-48" />
      </div>
      <div className="flex flex-1 items-center justify-center gap-10">
        {['a', 'b', 'c'].map((key) => (
          <Skeleton key={key} className="h-28 w-56 rounded-card" />
        ))}
      </div>
    </main>
  );
}
