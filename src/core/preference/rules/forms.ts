import { type NotificationType, notificationTypes } from '../model.ts';

/** One field of a form about where a person is told things, as declared. */
export interface NotifyField {
  readonly id: 'address' | 'code' | 'from' | 'to' | 'zone' | 'language';
  readonly kind: 'text' | 'choice';
  readonly required: boolean;
  readonly maxLength: number;
}

/** Which form: a new address for a type, the code that was mailed, or when and in which language. */
export type NotifyForm =
  | { readonly of: 'add'; readonly type: NotificationType }
  | { readonly of: 'code' }
  | { readonly of: 'hours' };

/** The forms, declared once: windows in Slack and Discord; in Telegram the one answer that is typed. */
export const notifyFields: Readonly<Record<NotifyForm['of'], readonly NotifyField[]>> = {
  add: [{ id: 'address', kind: 'text', required: true, maxLength: 254 }],
  code: [{ id: 'code', kind: 'text', required: true, maxLength: 40 }],
  hours: [
    { id: 'from', kind: 'text', required: false, maxLength: 10 },
    { id: 'to', kind: 'text', required: false, maxLength: 10 },
    { id: 'zone', kind: 'text', required: false, maxLength: 60 },
    { id: 'language', kind: 'choice', required: true, maxLength: 10 },
  ],
};

/** A form in a few characters, which a window and a draft carry: at most 20. */
export function formKey(form: NotifyForm): string {
  return form.of === 'add' ? `add:${form.type}` : form.of;
}

/** The form of such a key; undefined for every other text. */
export function formIn(key: string): NotifyForm | undefined {
  if (key === 'code' || key === 'hours') return { of: key };
  const type = notificationTypes.find(one => key === `add:${one}`);
  return type && { of: 'add', type };
}
