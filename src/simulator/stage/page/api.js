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

/** Listens to the stage: changed screens, and whether it is there at all. */
export function listen(onScreens, onStatus) {
  const source = new EventSource('/stage/live');
  source.addEventListener('open', () => onStatus(true));
  source.addEventListener('error', () => onStatus(false));
  source.addEventListener('changed', ({ data }) => onScreens(JSON.parse(data).screens));
}
