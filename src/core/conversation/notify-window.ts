import type { Handle } from '../actor.ts';
import type { Answer, FormView } from '../channel/index.ts';
import { type Act, type Context, channelOf } from '../context.ts';
import { formKey, type NotifyForm, notifyFields } from '../preference/index.ts';
import { plain } from '../text/index.ts';

type Values = Readonly<Record<string, string>>;

/** Asks in a window; where there are none, for the answer as the next message (the chat waits for it: `wait-for-notify.ts`). */
export async function askInForm(
  act: Act,
  owner: Handle,
  form: NotifyForm,
  values: Values = {},
): Promise<Answer> {
  if (channelOf(act, owner.channel).limits.forms === 'none')
    return { type: 'say', text: act.phrases.say(owner.locale, `notify-ask-${form.of}`) };
  return { type: 'form', form: formView(act, owner.locale, form, values) };
}

/** A form as a window, in the person's language. */
export function formView(
  ctx: Context,
  locale: string,
  form: NotifyForm,
  values: Values,
  faults: Values = {},
): FormView {
  const say = (key: string): string => plain(ctx.phrases.say(locale, key));
  return {
    page: 'notify',
    draft: formKey(form),
    locale,
    title: say(`notify-form-${form.of}`),
    submit: say('form-submit'),
    close: say('form-cancel'),
    fields: notifyFields[form.of].map(({ id, ...field }) => ({
      ...field,
      id,
      label: say(`notify-field-${id}`),
      hint: say(`notify-field-${id}-hint`),
      value: values[id],
      error: faults[id],
      options:
        field.kind === 'choice'
          ? ctx.phrases.locales().map(one => ({ value: one, label: say(`notify-language-${one}`) }))
          : undefined,
    })),
  };
}
