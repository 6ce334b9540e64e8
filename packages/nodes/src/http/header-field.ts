import { type FieldUi, field } from '@patchbay/node-kit';
import * as z from 'zod';

const header = z.strictObject({
  name: field.plain({ title: { en: 'Name', 'zh-Hans': '名称' } }),
  value: field.text({ title: { en: 'Value', 'zh-Hans': '值' }, escape: 'header' }),
  secret: field.secret({
    title: { en: 'Or a stored secret', 'zh-Hans': '或使用机密值' },
    help: {
      en: 'Sent in place of the value, and only to the host it was stored for. The flow holds its name alone.',
      'zh-Hans': '将代替“值”发送，且只发往保存时指定的主机。流程中只保存它的名称。',
    },
  }),
});

/** Headers as an author sets them; every step that sends some has this field under the same name. */
export const headersField = (more: Pick<FieldUi, 'showIf'> = {}) =>
  field.list(
    { title: { en: 'Headers', 'zh-Hans': '请求头' }, add: { en: 'Add a header', 'zh-Hans': '添加请求头' }, advanced: true, ...more },
    header,
    [],
  );
