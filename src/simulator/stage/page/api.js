/** Lets a person do something; resolves with an error to show, or undefined. */
export async function act(platform, person, what, data = {}) {
  try {
    const response = await fetch('/stage/act', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ platform, person, act: what, ...data }),
    });
    if (response.ok) return undefined;
    const { error } = await response.json();
    return error;
  } catch {
    return 'The stage does not answer. Is the demo still running?';
  }
}

/** What a platform offers while somebody types a command, as `{name, value}`; nothing when it cannot say. */
export async function choicesFor(platform, person, text, where) {
  try {
    const response = await fetch('/stage/act', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ platform, person, act: 'types', text, where }),
    });
    return response.ok ? (await response.json()).choices : [];
  } catch {
    return [];
  }
}

/** The files of a file input, as an act takes them. */
export function filesOf(input) {
  return Promise.all([...input.files].map(async file => ({ name: file.name, base64: await base64Of(file) })));
}

function base64Of(file) {
  const { promise, resolve, reject } = Promise.withResolvers();
  const reader = new FileReader();
  reader.addEventListener('load', () => resolve(reader.result.slice(reader.result.indexOf(',') + 1)));
  reader.addEventListener('error', () => reject(reader.error));
  reader.readAsDataURL(file);
  return promise;
}

/** Listens to the stage: changed screens, and whether it is there at all. */
export function listen(onScreens, onStatus) {
  const source = new EventSource('/stage/live');
  source.addEventListener('open', () => onStatus(true));
  source.addEventListener('error', () => onStatus(false));
  source.addEventListener('changed', ({ data }) => onScreens(JSON.parse(data).screens));
}
