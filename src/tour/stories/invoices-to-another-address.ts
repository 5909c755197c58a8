import type { Actor, Story } from '../model.ts';

const CODE = /[\dA-Z]{4}(?:-[\dA-Z]{4}){3}/;

/** Where one is told of what is one's own choice; an address is used once it is confirmed. */
export const invoicesToAnotherAddress: Story = {
  name: 'Ben sends his invoices to his bookkeeper’s mailbox; the next one arrives there',
  async play(company) {
    const [ben, books] = [company.slack('ben'), company.mail('eve')];
    await ben.goes('#support');
    await ben.says('/ticket notify');
    await ben.sees('Invoices and orders: ');
    await ben.presses('Invoices and orders');
    await ben.sees('Invoices and orders go here, first choice first:');
    await ben.presses('Add a mail address');
    await ben.watches('the field for the address', ({ modal }) => modal !== null);
    await ben.fills({ address: 'eve@example.com' });
    await ben.submits();
    await ben.sees('eve@example.com (not confirmed yet)');
    await ben.presses('Enter a code');
    await ben.watches('the field for the code', ({ modal }) => modal?.fields[0]?.id === 'code');
    await ben.fills({ code: await codeIn(books) });
    await ben.submits();
    await ben.sees('eve@example.com is confirmed');
    await ben.dismisses();
    await company.clientArea.invoices('tour-ben', { invoice: 'F/7', amount: '100 EUR', due: '1 December' });
    await books.sees('We have issued invoice *F/7* over 100 EUR.');
  },
};

async function codeIn(mailbox: Actor): Promise<string> {
  return CODE.exec(await mailbox.sees(CODE))?.[0] ?? '';
}
