import { h } from './dom.js';

const BASE = 'api/v1';
const KEY = 'caravan-key';

/** What the service refused, as it said it: detail, hint and code. */
export class Problem extends Error {
  constructor(status, body) {
    super(body.detail ?? 'The service gave no reason.');
    this.status = status;
    this.body = body;
  }
}

function headers(more = {}) {
  const key = sessionStorage.getItem(KEY);
  return key ? { ...more, 'X-API-Key': key } : more;
}

/** Asks for the key, once however many calls need it. */
let asking = null;
function askKey(wrong) {
  asking ??= new Promise((resolve) => {
    const input = h('input', { type: 'password', autocomplete: 'current-password', required: true, name: 'key' });
    const dialog = h('dialog', { 'aria-labelledby': 'key-title' },
      h('form', { method: 'dialog', class: 'grid', onsubmit: () => {
        sessionStorage.setItem(KEY, input.value.trim());
        asking = null;
        dialog.remove();
        resolve();
      } },
      h('h1', { id: 'key-title' }, 'API key'),
      wrong ? h('p', { class: 'danger', role: 'alert' }, 'This key is unknown, or has expired.') : null,
      h('label', {}, 'Your key', input, h('small', {}, 'Kept until this tab is closed. The operator makes one with ./caravan key new.')),
      h('div', { class: 'row' }, h('button', { class: 'primary' }, 'Continue'))));
    dialog.addEventListener('cancel', (event) => event.preventDefault());
    document.body.append(dialog);
    dialog.showModal();
  });
  return asking;
}

/** Calls the API. @returns the body read as JSON; @throws Problem */
export async function call(path, { method = 'GET', body, accept = 'application/json', more = {} } = {}) {
  const sent = sessionStorage.getItem(KEY);
  const response = await fetch(path.startsWith('/') ? path : `${BASE}/${path}`, {
    method,
    headers: headers({ Accept: `${accept}, application/problem+json`, ...(body ? { 'Content-Type': 'application/json' } : {}), ...more }),
    body: body ? JSON.stringify(body) : undefined,
  });
  if (response.status === 401) {
    if (sent === sessionStorage.getItem(KEY)) {
      sessionStorage.removeItem(KEY);
      await askKey(sent !== null);
    }
    return call(path, { method, body, accept, more });
  }
  const text = await response.text();
  let json = null;
  try { json = text === '' || (response.ok && accept !== 'application/json') ? null : JSON.parse(text); } catch { json = null; }
  if (!response.ok) throw new Problem(response.status, json ?? { detail: `The service answered with the HTTP status ${response.status}.` });
  return accept === 'application/json' ? json : text;
}

/** A job's events as they happen, and the job whenever it has moved; ends when the job does. @throws when streams cannot be had, or break */
export async function events(id, after, onEvent, onJob, signal) {
  const response = await fetch(`${BASE}/copy-jobs/${id}/events?after=${after}`, { headers: headers({ Accept: 'text/event-stream' }), signal });
  if (!response.ok || !response.body) throw new Problem(response.status, {});
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    buffer += value;
    const blocks = buffer.split('\n\n');
    buffer = blocks.pop();
    for (const block of blocks) {
      const lines = block.split('\n');
      const type = lines.find((line) => line.startsWith('event: '))?.slice(7);
      const data = lines.find((line) => line.startsWith('data: '))?.slice(6);
      if (!type || !data) continue;
      if (type === 'JOB') onJob(JSON.parse(data));
      else if (type !== 'END') onEvent(JSON.parse(data));
    }
  }
}

/** A file of the API's, saved by the browser; a plain link could not send the key. */
export async function save(path, accept, name) {
  const content = await call(path, { accept });
  const text = typeof content === 'string' ? content : JSON.stringify(content, null, 2);
  const link = h('a', { href: URL.createObjectURL(new Blob([text], { type: accept })), download: name });
  link.click();
  URL.revokeObjectURL(link.href);
}

const FACTS = { table: 'Table', column: 'Column', constraint: 'Constraint', connection: 'Connection', sqlState: 'SQLSTATE', right: 'Right' };

/** What was refused, for people. @param more what else is to be said of it */
export function problemBox(error, more = null) {
  const body = error.body ?? {};
  return h('section', { class: 'error', role: 'alert' },
    h('h2', {}, body.title ?? 'The service cannot be reached'),
    h('p', {}, body.detail ?? error.message),
    body.hint ? h('p', {}, h('b', {}, 'What to do: '), body.hint) : null,
    (body.errors ?? []).length ? h('ul', {}, body.errors.map((one) => h('li', {}, one.pointer ?? one.parameter ?? '', ' ', one.detail))) : null,
    more ? h('p', {}, more) : null,
    body.code ? h('p', { class: 'small soft' }, 'Code ', h('code', {}, body.code),
      Object.entries(FACTS).filter(([name]) => body[name]).map(([name, title]) => [` · ${title} `, h('code', {}, body[name])])) : null,
    body.proposal ? h('pre', {}, typeof body.proposal === 'string' ? body.proposal : JSON.stringify(body.proposal, null, 2)) : null);
}
