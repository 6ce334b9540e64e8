import { field } from '@patchbay/node-kit';
import * as z from 'zod';
import { isZone } from './zone.ts';

export const units = [
  { value: 'years', title: { en: 'years', 'zh-Hans': '年' } },
  { value: 'months', title: { en: 'months', 'zh-Hans': '月' } },
  { value: 'weeks', title: { en: 'weeks', 'zh-Hans': '周' } },
  { value: 'days', title: { en: 'days', 'zh-Hans': '天' } },
  { value: 'hours', title: { en: 'hours', 'zh-Hans': '小时' } },
  { value: 'minutes', title: { en: 'minutes', 'zh-Hans': '分钟' } },
  { value: 'seconds', title: { en: 'seconds', 'zh-Hans': '秒' } },
] as const;

export const dateConfig = z
  .strictObject({
    operation: field.choice(
      {
        title: { en: 'What to do', 'zh-Hans': '操作' },
        options: [
          { value: 'now', title: { en: 'Now', 'zh-Hans': '当前时间' } },
          { value: 'read', title: { en: 'Read a date', 'zh-Hans': '读取日期' } },
          { value: 'add', title: { en: 'Add', 'zh-Hans': '加减' } },
          { value: 'difference', title: { en: 'Difference', 'zh-Hans': '相差' } },
          { value: 'start', title: { en: 'Beginning of', 'zh-Hans': '所在周期的开始' } },
          { value: 'parts', title: { en: 'Take apart', 'zh-Hans': '拆分' } },
          { value: 'write', title: { en: 'Write as text', 'zh-Hans': '写为文本' } },
        ],
      },
      'now',
    ),
    pattern: field.plain({
      title: { en: 'Form of the text', 'zh-Hans': '文本格式' },
      help: {
        en: 'Such as dd.MM.yyyy HH:mm. Empty: ISO 8601, a mail’s date, or seconds since 1970.',
        'zh-Hans': '例如 yyyy年M月d日 HH:mm。留空：ISO 8601、邮件日期或自 1970 年起的秒数。',
      },
      placeholder: { en: 'dd.MM.yyyy HH:mm', 'zh-Hans': 'yyyy年M月d日 HH:mm' },
      showIf: { field: 'operation', in: ['read'] },
    }),
    unit: field.choice(
      {
        title: { en: 'Unit', 'zh-Hans': '单位' },
        options: units.map((unit) => ({ ...unit })),
        showIf: { field: 'operation', in: ['add', 'difference'] },
      },
      'days',
    ),
    period: field.choice(
      {
        title: { en: 'Of its', 'zh-Hans': '周期' },
        options: [
          { value: 'day', title: { en: 'day', 'zh-Hans': '日' } },
          { value: 'week', title: { en: 'week (Monday)', 'zh-Hans': '周（周一）' } },
          { value: 'month', title: { en: 'month', 'zh-Hans': '月' } },
          { value: 'year', title: { en: 'year', 'zh-Hans': '年' } },
        ],
        showIf: { field: 'operation', in: ['start'] },
      },
      'day',
    ),
    style: field.choice(
      {
        title: { en: 'Written as', 'zh-Hans': '写法' },
        options: [
          { value: 'date', title: { en: 'date', 'zh-Hans': '日期' } },
          { value: 'long', title: { en: 'date with weekday', 'zh-Hans': '日期和星期' } },
          { value: 'date_time', title: { en: 'date and time', 'zh-Hans': '日期和时间' } },
          { value: 'time', title: { en: 'time', 'zh-Hans': '时间' } },
          { value: 'own', title: { en: 'a form of my own', 'zh-Hans': '自定义格式' } },
        ],
        showIf: { field: 'operation', in: ['write'] },
      },
      'date',
    ),
    form: field.plain(
      {
        title: { en: 'Form', 'zh-Hans': '格式' },
        help: {
          en: 'yyyy year, MM month, MMMM its name, dd day, EEEE weekday, HH hour, mm minute, ss second. Other words in single quotes.',
          'zh-Hans': 'yyyy 年，MM 月，MMMM 月名，dd 日，EEEE 星期，HH 时，mm 分，ss 秒。其他字母放在单引号中。',
        },
        showIf: { field: 'style', in: ['own'] },
      },
      'yyyy-MM-dd HH:mm',
    ),
    language: field.language({ title: { en: 'Language', 'zh-Hans': '语言' }, showIf: { field: 'operation', in: ['write'] } }, 'en'),
    zone: field.text(
      {
        title: { en: 'Time zone', 'zh-Hans': '时区' },
        help: { en: 'Such as Europe/Zurich or Asia/Shanghai.', 'zh-Hans': '例如 Asia/Shanghai 或 Europe/Zurich。' },
      },
      'UTC',
    ),
  })
  .superRefine(({ zone }, issues) => {
    // What a chip brings is known only in the run.
    if (zone.includes('{{') || isZone(zone)) return;
    issues.addIssue({ code: 'custom', message: 'No such time zone', path: ['zone'], params: { code: 'bad_format', text: zone } });
  });
export type DateConfig = z.output<typeof dateConfig>;
