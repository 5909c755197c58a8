import type { Line, PageActor } from './model.ts';

/** What stands in a text of HTML, without its marks. */
function textOf(html: string): string {
  const signs: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return html
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&(amp|lt|gt|quot|#39);/g, (_, sign: string) => signs[sign] ?? '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** A browser without JavaScript, in front of the desk's own pages: it keeps cookies and sends the forms that it is shown. */
export function openBrowser(base: string, note: (what: Line['what'], text: string) => void): PageActor {
  const cookies = new Map<string, string>();
  let shown = '';

  async function go(path: string, init: RequestInit = {}): Promise<void> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(new URL(path, base), {
      ...init,
      redirect: 'manual',
      headers: { cookie, origin: base },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const to = response.headers.get('location');
    if (to !== null) return go(to);
    shown = await response.text();
  }

  return {
    async opens(path, as) {
      note('does', `opens ${as}`);
      await go(path);
    },
    async sends(button, values = {}, within = '') {
      const given = Object.entries(values).map(([label, value]) => `${label}: ${value}`);
      note(
        'does',
        [...(given.length > 0 ? [`fills in ${given.join(', ')}`] : []), `presses ${button}`].join(', '),
      );
      const forms = shown
        .split('<form ')
        .slice(1)
        .map(one => one.split('</form>')[0] ?? '');
      const form = forms.find(one => one.includes(`>${button}</button>`) && one.includes(within));
      if (form === undefined) throw new Error(`there is no form with the button "${button}"`);
      const hidden = form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g);
      const fields = new Map([...hidden].map(([, name, value]) => [name ?? '', value ?? '']));
      for (const [label, value] of Object.entries(values)) {
        const [, id = ''] = new RegExp(`<label for="([^"]+)">${label}`).exec(form) ?? [];
        const [, name] = new RegExp(`id="${id}" (?:type="[a-z]+" )?name="([^"]+)"`).exec(form) ?? [];
        if (name === undefined) throw new Error(`there is no field "${label}"`);
        fields.set(name, value);
      }
      const [, action = ''] = /action="([^"]+)"/.exec(form) ?? [];
      await go(action, { method: 'POST', body: new URLSearchParams([...fields]) });
    },
    sees(text) {
      const seen = textOf(shown);
      if (!seen.includes(text))
        throw new Error(`the page does not say "${text}", but: ${seen.slice(0, 600)}`);
      note('sees', text);
    },
  };
}
