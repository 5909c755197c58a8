import { opensPost } from '../deeds.ts';
import type { Story } from '../model.ts';

/** A quick word on the website that turns out to need more: it becomes a ticket, and goes on where the customer would rather be. */
export const chatGoesOnInTelegram: Story = {
  name: 'Ana asks in the chat on the website; Bob makes it a ticket, and she goes on in Telegram',
  async play(company) {
    const { clientArea } = company;
    const ana = company.website('ana');
    const phone = company.telegram('ana');
    const bob = company.discord('bob');
    await clientArea.knows({ ref: 'tour-ana', name: 'Ana Nowak', account: 'Sklep' });
    await phone.says(`/start ${await clientArea.proofFor('tour-ana', 'telegram')}`);
    await phone.sees('Ana Nowak');
    await ana.says('Dzień dobry, czy można dołożyć pamięci do serwera?');
    await ana.sees('wiadomość dotarła');
    await bob.sees('chat on the website');
    const seen = await bob.person.sees(/^#\d+ Dzień dobry, czy można/);
    const number = company.about(Number(/\d+/.exec(seen)?.[0]));
    await opensPost(bob, number, 'Dzień dobry, czy można');
    await bob.says('Oczywiście, na którym serwerze?');
    await ana.sees('na którym serwerze');
    await bob.says('/desk ticket');
    await ana.sees(`To jest teraz zgłoszenie #${number}`);
    await ana.presses('Rozmawiaj w: Telegram');
    await phone.sees(`Tutaj prowadzimy dalej zgłoszenie #${number}`);
    await phone.says('Na małym. Dziękuję!');
    await bob.sees('Na małym. Dziękuję!');
    await bob.says('Gotowe.');
    await phone.sees('Gotowe.');
  },
};
