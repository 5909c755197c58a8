import type { Story } from '../model.ts';

/** The strong way: a link that the provider's own site shows after the login. */
export const linksFromTheClientArea: Story = {
  name: 'Ana opens the Telegram link of her client area; the desk knows who she is, and the link works once',
  async play(company) {
    const ana = company.telegram('ana');
    await company.clientArea.knows({ ref: 'tour-ana', name: 'Ana Nowak', account: 'Sklep' });
    const token = await company.clientArea.proofFor('tour-ana', 'telegram');
    await ana.says(`/start ${token}`);
    await ana.sees('To konto jest połączone: Ana Nowak, Sklep.');
    await ana.says('/me');
    await ana.sees('Znamy Cię jako: Ana Nowak, Sklep.');
    await ana.says(`/start ${token}`);
    await ana.sees('Ten kod tu nie działa.');
  },
};
