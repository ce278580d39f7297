import { call, problemBox } from './api.js';
import { h, put } from './dom.js';
import { when } from './format.js';

/** Copies at set times. */
export async function schedules(main) {
  const body = h('div');
  put(main, h('h1', {}, 'Schedules'), body);
  const act = async (path) => {
    try {
      const answer = await call(path, { method: 'POST' });
      if (answer?.id) { location.hash = `#/jobs/${answer.id}`; return; }
      await refresh();
    } catch (error) { body.prepend(problemBox(error)); }
  };
  async function refresh() {
    try {
      const { items } = await call('schedules');
      put(body, items.length ? h('div', { class: 'scroll' }, h('table', {},
        h('thead', {}, h('tr', {}, ['Name', 'Copy', 'When', 'Next', 'Last', 'Last success', ''].map((name) => h('th', { scope: 'col' }, name)))),
        h('tbody', {}, items.map((one) => h('tr', {},
          h('td', {}, one.name, one.paused ? h('div', {}, h('span', { class: 'tag warn' }, 'paused')) : null),
          h('td', {}, `${one.source} → ${one.target}`), h('td', {}, h('code', {}, one.cron), h('div', { class: 'small soft' }, one.zone)),
          h('td', {}, when(one.next)),
          h('td', {}, one.last ? [when(one.last.at), ' ', one.last.jobId
            ? h('a', { href: `#/jobs/${one.last.jobId}`, class: `state ${one.last.jobState}` }, (one.last.jobState ?? '').toLowerCase())
            : h('span', { class: 'soft' }, one.last.outcome.toLowerCase()), one.last.hint ? h('div', { class: 'small soft' }, one.last.hint) : null] : '–'),
          h('td', {}, when(one.lastSuccessAt)),
          h('td', {}, h('div', { class: 'row' }, h('button', { onclick: () => act(one.links.run) }, 'Run now'),
            h('button', { onclick: () => act(one.paused ? one.links.resume : one.links.pause) }, one.paused ? 'Resume' : 'Pause')))))))) :
        h('p', { class: 'empty' }, 'No schedule is declared. Set caravan.schedule.<name>.cron in the service’s configuration.'));
    } catch (error) { put(body, problemBox(error)); }
  }
  await refresh();
}

/** The declared databases. */
export async function connections(main) {
  const body = h('div');
  put(main, h('h1', {}, 'Connections'), body);
  try {
    const { items } = await call('connections');
    put(body, h('div', { class: 'scroll' }, h('table', {},
      h('thead', {}, h('tr', {}, ['Name', 'Role', 'Database', 'Server', ''].map((name) => h('th', { scope: 'col' }, name)))),
      h('tbody', {}, items.map((one) => {
        const result = h('div', { role: 'status' });
        return h('tr', {}, h('td', {}, one.name, one.classification ? h('div', {}, h('span', { class: 'tag warn' }, one.classification)) : null), h('td', {}, one.role),
          h('td', { class: 'mono' }, one.database), h('td', { class: 'mono' }, `${one.host}:${one.port}`),
          h('td', {}, h('button', { onclick: async () => {
            put(result, h('span', { class: 'soft small' }, 'Logging in …'));
            try {
              const found = await call(`connections/${one.name}/check`, { method: 'POST' });
              put(result, h('span', { class: 'small SUCCEEDED' }, `PostgreSQL ${found.serverVersion}${found.inRecovery ? ', a standby' : ''}`), (found.warnings ?? []).map((text) => h('div', { class: 'small soft' }, text)));
            } catch (error) { put(result, problemBox(error)); }
          } }, 'Check'), result));
      })))));
  } catch (error) { put(body, problemBox(error)); }
}

/** What values can be replaced by. */
export async function maskers(main) {
  const body = h('div');
  put(main, h('h1', {}, 'Maskers'), h('p', { class: 'soft' }, 'What a policy can name for a column. Examples are made up.'), body);
  try {
    const { items } = await call('maskers');
    put(body, h('div', { class: 'scroll' }, h('table', {},
      h('thead', {}, h('tr', {}, ['Masker', 'What it does', 'Takes', 'Different values', 'Parameters'].map((name, i) => h('th', { scope: 'col', class: i > 2 ? 'wide' : '' }, name)))),
      h('tbody', {}, items.map((one) => h('tr', {}, h('td', { class: 'mono' }, one.name), h('td', {}, one.description),
        h('td', { class: 'small soft' }, one.accepts.join(', ')), h('td', { class: 'wide small' }, one.uniqueness === 'lost' ? 'may become equal' : one.uniqueness === 'bijective' ? 'stay different' : 'stay different in practice'),
        h('td', { class: 'wide small' }, one.parameters.map((parameter) => h('div', { title: parameter.description }, h('code', {}, parameter.name), parameter.required ? ' (needed)' : '')))))))));
  } catch (error) { put(body, problemBox(error)); }
}
