import type { HttpBindings } from '@hono/node-server';
import type { Ctx, Deps } from '@patchbay/services';
import type { Logger } from 'pino';

/** What routes need besides the request. */
export interface ServerParts {
  deps: Deps;
  log: Logger;
  /** The port we listen on; names the cookie, since browsers share cookies between ports. */
  port(): number;
  /** Folder of the built editor. */
  editorFolder: string;
}

export interface Env {
  Bindings: Partial<HttpBindings>;
  Variables: {
    /** Set by `authenticate`: who asks, in which workspace and language. */
    ctx: Ctx;
    requestId: string;
  };
}
