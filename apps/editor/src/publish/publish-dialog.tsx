import '../i18n/words/publish.ts';
import { flowFace } from '@patchbay/node-kit';
import type { FlowResource, VersionResource } from '@patchbay/services/resources';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { publishFlow } from '../api/flows.ts';
import { flowQuery, flowsQuery, keysQuery } from '../api/queries.ts';
import { savedFirst } from '../app/saved-first.ts';
import { useEditor, useEditorStore } from '../store/context.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { type FlowKey, findOrMakeKey, makeKey } from './flow-key.ts';
import { LiveView } from './live-view.tsx';
import { PublishForm } from './publish-form.tsx';

export interface Published {
  version: VersionResource;
  flowKey: FlowKey;
}

export interface PublishDialogProps {
  onClose: () => void;
  flow: FlowResource;
  onPublished: (version: VersionResource) => void;
  /** Closes the dialog and brings a step into view. */
  onShow: (node: string) => void;
}

/** Two views of one window: what will be exposed, then the live endpoint with its key and how to call it. */
export function PublishDialog({ onClose, flow, onPublished, onShow }: PublishDialogProps) {
  const { t } = useTranslation('publish');
  const store = useEditorStore();
  const document = useEditor((state) => state.flow);
  const queries = useQueryClient();
  const [published, setPublished] = useState<Published>();
  const face = useMemo(() => flowFace(document, store.catalogue), [document, store]);

  const endpointOf = ({ slug }: VersionResource) => ({ flowId: flow.id, slug, keyName: t('keyName', { flow: document.name }) });
  const makeAnother = async ({ version }: Published) => {
    setPublished({ version, flowKey: await makeKey(endpointOf(version)) });
    void queries.invalidateQueries({ queryKey: keysQuery.queryKey });
  };
  const publish = useMutation({
    mutationFn: async (slug: string): Promise<Published> => {
      await savedFirst(store);
      const version = await publishFlow(flow.id, slug);
      return { version, flowKey: await findOrMakeKey(endpointOf(version)) };
    },
    onSuccess: (next) => {
      setPublished(next);
      onPublished(next.version);
      void queries.invalidateQueries({ queryKey: flowsQuery.queryKey });
      void queries.invalidateQueries({ queryKey: flowQuery(flow.id).queryKey });
      void queries.invalidateQueries({ queryKey: keysQuery.queryKey });
    },
  });

  return (
    <Dialog
      open
      onClose={onClose}
      wide
      title={published === undefined ? t('title') : t('live', { version: published.version.version })}
      {...(published === undefined ? { description: t('description') } : {})}
    >
      {published === undefined ? (
        <PublishForm
          flow={flow}
          face={face}
          busy={publish.isPending}
          error={publish.error}
          onPublish={(slug) => publish.mutate(slug)}
          onShow={(node) => {
            onClose();
            onShow(node);
          }}
        />
      ) : (
        <LiveView
          published={published}
          face={face}
          example={document.examples?.[0]?.inputs}
          onMakeKey={() => makeAnother(published)}
          onClose={onClose}
        />
      )}
    </Dialog>
  );
}
