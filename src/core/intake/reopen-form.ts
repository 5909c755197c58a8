import type { Handle } from '../actor.ts';
import type { Answer, FormPage, Pressed } from '../channel/index.ts';
import type { Act, Context } from '../context.ts';
import { ownDraft } from './drafts.ts';
import { checkOptions, firstValues, showForm } from './form.ts';
import { checkForm } from './rules/check.ts';

/** A button that shows a kept form again: with what was typed, and what was wrong with it. */
export async function showAgain(act: Act, owner: Handle, draftId: string, page: string): Promise<Answer> {
  const { locale } = owner;
  const { values } = await ownDraft(act, owner, draftId);
  const checked = checkForm(values, checkOptions(act, locale));
  const faults = checked.ok || page === 'facts' ? {} : checked.faults;
  const shown: FormPage = page === 'facts' ? 'facts' : 'base';
  return { type: 'form', form: showForm(act, { page: shown, locale, values, faults, draft: draftId }) };
}

/** A choice that changes which fields the form has; the adapter keeps what was typed. */
export function reshape(ctx: Context, inbound: Pressed, priority: string): Answer {
  const locale = ctx.phrases.match(inbound.from.locale ?? ctx.policy.desk.language);
  const values = { ...firstValues(ctx, { subject: '' }), priority };
  return { type: 'form', form: showForm(ctx, { page: 'all', locale, values, faults: {}, draft: '' }) };
}
