import type { Story } from '../model.ts';

const CODE = /[\dA-Z]{4}(?:-[\dA-Z]{4}){3}/;

/** The same rules on the page of one's own as in a chat: proved from the client area, and used once it is confirmed. */
export const abuseAddressOnTheOwnPage: Story = {
  name: 'Ben sets the address for abuse reports on his own page, and confirms it there',
  async play(company) {
    const { clientArea } = company;
    await clientArea.knows({ ref: 'tour-ben', name: 'Ben Brown', account: 'Shop Ltd' });
    const page = company.page('ben');
    await page.opens(await clientArea.entryFor('tour-ben'), 'his page from the client area');
    page.sees('Sign in as Ben Brown of Shop Ltd?');
    await page.sends('Yes, sign in');
    page.sees('Tickets');
    await page.opens('/me/settings', 'Settings');
    await page.sends('Add', { 'Mail address': 'ben@example.com' }, 'value="abuse"');
    page.sees('ben@example.com (not confirmed yet)');
    const mail = await company.mail('ben').sees(CODE);
    await page.sends('Confirm', { 'Code from the mail': CODE.exec(mail)?.[0] ?? '' });
    page.sees('ben@example.com is confirmed');
  },
};
