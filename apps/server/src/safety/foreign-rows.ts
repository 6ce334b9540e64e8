import Driver from 'better-sqlite3';

const workspace = 'ws_other';

/** Rows that another workspace's people made, copied from ours: the same content under ids of their own. */
export function copyToOtherWorkspace(
  dataFolder: string,
  copies: readonly { table: string; id: string; as: Record<string, string> }[],
): void {
  const driver = new Driver(`${dataFolder}/patchbay.db`);
  driver.exec(`insert or ignore into workspaces (id, name, created_at) values ('${workspace}', 'Other', 1)`);
  for (const { table, id, as } of copies) {
    const row = driver.prepare(`select * from ${table} where id = ?`).get(id) as Record<string, unknown>;
    const copy = { ...row, ...as, workspace_id: workspace };
    const names = Object.keys(copy);
    driver.prepare(`insert into ${table} (${names.join()}) values (${names.map(() => '?').join()})`).run(...Object.values(copy));
    if (table !== 'flows') continue;
    driver
      .prepare('insert into flow_slugs (workspace_id, flow_id, slug) select workspace_id, id, slug from flows where id = ?')
      .run(as['id']);
  }
  driver.close();
}

/** All rows of the other workspace, to see that nobody touched them. */
export function otherWorkspace(dataFolder: string): unknown[] {
  const driver = new Driver(`${dataFolder}/patchbay.db`, { readonly: true });
  const rows = ['flows', 'runs', 'api_keys', 'credentials', 'knowledge_bases', 'knowledge_documents', 'files'].map((table) =>
    driver.prepare(`select * from ${table} where workspace_id = ?`).all(workspace),
  );
  driver.close();
  return rows;
}
