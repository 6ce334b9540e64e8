export { type CopyProgress, StorageError } from '@patchbay/db';
export { fillWords } from '@patchbay/flow';
export { EnvironmentError } from '@patchbay/host';
export { type BackUpInput, type Backup, backUp } from './backups/back-up.ts';
export type { SecretsCheck } from './backups/check-secrets.ts';
export { claimDataFolder } from './backups/claim-data-folder.ts';
export { type Restored, type RestoreInput, restore } from './backups/restore.ts';
export { listModels } from './catalogue/list-models.ts';
export { listNodes } from './catalogue/list-nodes.ts';
export { listTemplates } from './catalogue/list-templates.ts';
export { type Actor, type Ctx, hasScope, localOwner, requireScope } from './context.ts';
export {
  deleteConversation,
  deleteDraftConversation,
  readConversation,
  readDraftConversation,
} from './conversations/read-conversation.ts';
export { createCredential } from './credentials/create-credential.ts';
export { deleteCredential } from './credentials/delete-credential.ts';
export { editCredential } from './credentials/edit-credential.ts';
export { findOllama } from './credentials/find-ollama.ts';
export {
  createCredentialInput,
  defaultModelInput,
  editCredentialInput,
  rotateCredentialInput,
  tryCredentialInput,
} from './credentials/input.ts';
export { listCredentials } from './credentials/list-credentials.ts';
export { listProviders } from './credentials/list-providers.ts';
export { rotateCredential } from './credentials/rotate-credential.ts';
export { setDefaultModel } from './credentials/set-default-model.ts';
export { testCredential } from './credentials/test-credential.ts';
export { tryCredential } from './credentials/try-credential.ts';
export type { Deps } from './deps.ts';
export { checkDocument, type DocumentReading, type PlacedProblem } from './documents/check-document.ts';
export { estimateDocument } from './documents/estimate-document.ts';
export { type DocumentResult, type DocumentRun, runDocument } from './documents/run-document.ts';
export { describeEstimate } from './estimates/describe-estimate.ts';
export { mostFilesAtOnce } from './files/admit-files.ts';
export { downloadFile } from './files/download-file.ts';
export { uploadFile, uploadLimitBytes } from './files/upload-file.ts';
export { checkDraft } from './flows/check-draft.ts';
export { createFlow } from './flows/create-flow.ts';
export { deleteFlow } from './flows/delete-flow.ts';
export { estimateDraft } from './flows/estimate-draft.ts';
export { listFlows } from './flows/list-flows.ts';
export { listVersions } from './flows/list-versions.ts';
export { publishFlow, publishInput } from './flows/publish-flow.ts';
export { readFlow } from './flows/read-flow.ts';
export { readVersion } from './flows/read-version.ts';
export { saveDraft } from './flows/save-draft.ts';
export { health } from './health.ts';
export { createKey, createKeyInput } from './keys/create-key.ts';
export { listKeys } from './keys/list-keys.ts';
export { revokeKey } from './keys/revoke-key.ts';
export { verifyKey } from './keys/verify-key.ts';
export { addDocument } from './knowledge/add-document.ts';
export { createKnowledge } from './knowledge/create-knowledge.ts';
export { deleteDocument } from './knowledge/delete-document.ts';
export { deleteKnowledge } from './knowledge/delete-knowledge.ts';
export { editKnowledge } from './knowledge/edit-knowledge.ts';
export { addDocumentInput, createKnowledgeInput, editKnowledgeInput, searchKnowledgeInput } from './knowledge/input.ts';
export { documentStatuses } from './knowledge/knowledge-resources.ts';
export { listEmbeddingModels } from './knowledge/list-embedding-models.ts';
export { listKnowledge } from './knowledge/list-knowledge.ts';
export { readKnowledge } from './knowledge/read-knowledge.ts';
export { retryDocument } from './knowledge/retry-document.ts';
export { searchKnowledge } from './knowledge/search-knowledge.ts';
export { localeOf } from './locale.ts';
export { openServices, type Services, type ServicesOptions } from './open-services.ts';
export { parseInput } from './parse-input.ts';
export { describeError, describeFailedRun, isUnexpected, type ProblemAnswer, simulatedHeader } from './problem-document.ts';
export type * from './resources.ts';
export { keyScopes } from './resources.ts';
export { type GivenPin, readPins, removePin, setPin } from './reuse/pins.ts';
export { prepareReplay } from './reuse/prepare-replay.ts';
export { answerWait } from './runs/answer-wait.ts';
export { cancelRun } from './runs/cancel-run.ts';
export { followOwnRun, followRun, type NumberedEvent } from './runs/follow-run.ts';
export { listRuns, listRunsInput } from './runs/list-runs.ts';
export { type PreparedRun, prepareDraftRun, preparePublishedRun } from './runs/prepare-run.ts';
export { readRun } from './runs/read-run.ts';
export { resumeRun } from './runs/resume-run.ts';
export { runAsStream } from './runs/run-as-stream.ts';
export { runResource } from './runs/run-resource.ts';
export { readRunState, resultOfRow } from './runs/run-state.ts';
export { isUnfinished } from './runs/run-status.ts';
export { runToEnd, type WhenLeft } from './runs/run-to-end.ts';
export type { SentEvent, SentFollowed } from './runs/sent-event.ts';
export { startDurableRun } from './runs/start-durable-run.ts';
export type { RotationStep } from './secrets/rotate-master-key.ts';
export { rotateSecrets } from './secrets/rotate-secrets.ts';
export { needsScope, type Reason, type RequestCode, requestStatus, ServiceError } from './service-error.ts';
export { findOwnerSession, openOwnerSession } from './sessions/owner-session.ts';
export { readSettings, type Settings, SettingsError, userPath } from './settings.ts';
export { isLongText, nextTurn } from './turns.ts';
