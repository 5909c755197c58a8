/** How a ticket is asked for: one form, shown as a window or as a conversation. */
export {
  beginTalk,
  cancelTalk,
  hearTalk,
  isTalking,
  offerToOpen,
  openButton,
  parkTalk,
  pressTalk,
  type Talk,
} from './converse.ts';
export { detailsForm, submitDetails } from './details.ts';
export { beginDraft, changeDraft, draftAt, endDraft } from './drafts.ts';
export { proofWanted } from './guard.ts';
export { serviceChoice } from './own.ts';
export { reshape, showAgain } from './reopen-form.ts';
export { firstForm, formOn, submit, submitOn } from './submit.ts';
