import type { Answer, FormPage, Pressed } from '../channel/index.ts';
import { type Context, transact } from '../context.ts';
import { recognise } from '../identity/index.ts';
import { ownDraft } from './drafts.ts';
import { checkOptions, firstValues, showForm } from './form.ts';
import { checkForm } from './rules/check.ts';

/** A button that shows a kept form again: with what was typed, and what was wrong with it. */
export async function showAgain(
  ctx: Context,
  channel: string,
  inbound: Pressed,
  draftId: string,
  page: string,
): Promise<Answer> {
  return transact(ctx, { type: 'system' }, async act => {
    const owner = await recognise(act, channel, inbound.from);
    const { values } = await ownDraft(act, owner, draftId);
    const checked = checkForm(values, checkOptions(ctx, owner.locale));
    const faults = checked.ok || page === 'facts' ? {} : checked.faults;
    const shown: FormPage = page === 'facts' ? 'facts' : 'base';
    return {
      type: 'form',
      form: showForm(ctx, { page: shown, locale: owner.locale, values, faults, draft: draftId }),
    };
  });
}

/** A choice that changes which fields the form has; the adapter keeps what was typed. */
export function reshape(ctx: Context, inbound: Pressed, priority: string): Answer {
  const locale = ctx.phrases.match(inbound.from.locale ?? ctx.policy.desk.language);
  const values = { ...firstValues(ctx, ''), priority };
  return { type: 'form', form: showForm(ctx, { page: 'all', locale, values, faults: {}, draft: '' }) };
}
