export { createApp } from './app.ts';
export { editorFolder } from './editor-files.ts';
export type { ServerParts } from './environment.ts';
export { createLog } from './log.ts';
export { type Listening, listen } from './serve.ts';
export { version } from './version.ts';
