import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Driver from 'better-sqlite3';
import { plainFlow } from '../../test-server.ts';

const folder = fileURLToPath(new URL('../../../../../packages/db/drizzle', import.meta.url));

interface Migration {
  when: number;
  tag: string;
}

const migrations: Migration[] = JSON.parse(readFileSync(join(folder, 'meta/_journal.json'), 'utf8')).entries;

/** How many migrations this program has. */
export const migrationCount = migrations.length;

/** Addresses of the flows of an older store. */
export const olderSlug = (at: number): string => `flow-${at}`;

/** A database as a former version left it that had only the first migrations, with this many flows, each published and run once. */
export function makeOlderStore(dataFolder: string, size: { migrations: number; flows: number }): void {
  const driver = new Driver(join(dataFolder, 'patchbay.db'));
  driver.pragma('journal_mode = WAL');
  driver.exec('create table __drizzle_migrations (id integer primary key autoincrement, hash text not null, created_at numeric)');
  for (const { when, tag } of migrations.slice(0, size.migrations)) {
    const sql = readFileSync(join(folder, `${tag}.sql`), 'utf8');
    for (const statement of sql.split('--> statement-breakpoint')) driver.exec(statement);
    const hash = createHash('sha256').update(sql).digest('hex');
    driver.prepare('insert into __drizzle_migrations (hash, created_at) values (?, ?)').run(hash, when);
  }
  driver.prepare("insert into workspaces (id, name, created_at) values ('ws_local', 'Local', 1)").run();
  driver.transaction(() => {
    for (let at = 0; at < size.flows; at += 1) insertFlow(driver, at);
  })();
  driver.close();
}

/** By the columns of the first schema: every later one adds to it. */
function insertFlow(driver: InstanceType<typeof Driver>, at: number): void {
  const document = JSON.stringify({ ...plainFlow, name: `Flow ${at}` });
  const id = `flow_${String(at).padStart(8, '0')}`;
  driver
    .prepare(
      `insert into flows (workspace_id, id, slug, name, node_count, document, etag, published_version, created_at, updated_at)
       values ('ws_local', ?, ?, ?, 3, ?, ?, 1, ?, ?)`,
    )
    .run(id, olderSlug(at), `Flow ${at}`, document, `e${at}`, at, at);
  driver
    .prepare("insert into versions (workspace_id, flow_id, version, document, hash, published_at) values ('ws_local', ?, 1, ?, ?, ?)")
    .run(id, document, `h${at}`, at);
  driver
    .prepare(
      `insert into runs (workspace_id, id, flow_id, flow_name, version, source, status, started_at, duration_ms, simulated, usage, detail)
       values ('ws_local', ?, ?, ?, 1, 'api', 'succeeded', ?, 1, 0, '{}', '{}')`,
    )
    .run(`run_${String(at).padStart(8, '0')}`, id, `Flow ${at}`, at);
}
