import type { Handle } from '../actor.ts';
import type { Answer, FormPage, Pressed } from '../channel/index.ts';
import type { Act } from '../context.ts';
import { ownDraft } from './drafts.ts';
import { checkOptions, firstValues, showForm } from './form.ts';
import { choicesOfOwn } from './own.ts';
import { checkForm } from './rules/check.ts';

/** A button that shows a kept form again: with what was typed, and what was wrong with it. */
export async function showAgain(act: Act, owner: Handle, draftId: string, page: string): Promise<Answer> {
  const { locale } = owner;
  const { values } = await ownDraft(act, owner, draftId);
  const services = await choicesOfOwn(act.tx, { handleId: owner.id }, values.about);
  const checked = checkForm(values, checkOptions(act, locale, services));
  const faults = checked.ok || page === 'facts' ? {} : checked.faults;
  const shown: FormPage = page === 'facts' ? 'facts' : 'base';
  const form = showForm(act, { page: shown, locale, values, faults, draft: draftId, services });
  return { type: 'form', form };
}

/** A choice that changes which fields the form has; the adapter keeps what was typed. */
export async function reshape(act: Act, owner: Handle, { values: typed = {} }: Pressed): Promise<Answer> {
  const { locale } = owner;
  const services = await choicesOfOwn(act.tx, { handleId: owner.id }, typed.about);
  const values = { ...firstValues(act, { subject: '' }, services), ...typed };
  const form = showForm(act, { page: 'all', locale, values, faults: {}, draft: '', services });
  return { type: 'form', form };
}
