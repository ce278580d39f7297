import { call, problemBox } from './api.js';
import { h, put } from './dom.js';
import { count, took, when } from './format.js';

const STATES = ['RUNNING', 'QUEUED', 'FAILED', 'SUCCEEDED', 'CANCELLED'];
const PAGE = 25;
const PERIOD = 2000;

/** What a job copies, in a few words. */
export function kind(request) {
  const parts = [];
  if (request.mask === true || request.maskPolicy || request.masks) parts.push('masked');
  if (request.onlyTenants) parts.push(`${request.onlyTenants.length} tenant${request.onlyTenants.length === 1 ? '' : 's'}`);
  return parts.length ? parts.join(' · ') : request.mask === false ? 'identical' : 'masked where the source is production';
}

export function percent(job) {
  if (job.state === 'SUCCEEDED') return 100;
  return job.progress.percent ?? 0;
}

export function bar(share, className) {
  const fill = h('i');
  fill.style.transform = `scaleX(${Math.min(100, Math.max(0, share)) / 100})`;
  return h('div', { class: `bar ${className ?? ''}`, 'aria-hidden': 'true' }, fill);
}

/** The list of jobs, newest first, refreshed while it is looked at. */
export function jobs(main, parameters, until) {
  const state = parameters.get('state');
  const cursor = parameters.get('cursor');
  const body = h('tbody');
  const foot = h('div', { class: 'row', style: null });
  const problem = h('div');
  put(main,
    h('div', { class: 'row apart' }, h('h1', {}, 'Copy jobs')),
    h('div', { class: 'filters', role: 'group', 'aria-label': 'By state' },
      [null, ...STATES].map((one) => h('a', { href: one ? `#/jobs?state=${one}` : '#/jobs', 'aria-current': one === state ? 'true' : null },
        one ? one.charAt(0) + one.slice(1).toLowerCase() : 'All'))),
    problem,
    h('div', { class: 'scroll' }, h('table', {},
      h('thead', {}, h('tr', {}, ['State', 'Copy', 'What', 'Progress', 'Rows', 'Took', 'Asked'].map((name, i) =>
        h('th', { scope: 'col', class: [i === 4 || i === 5 ? 'num' : '', i === 2 || i === 4 ? 'wide' : ''].join(' ') }, name)))),
      body)),
    foot);

  async function refresh() {
    try {
      const query = new URLSearchParams({ limit: PAGE });
      if (state) query.set('state', state);
      if (cursor) query.set('cursor', cursor);
      const page = await call(`copy-jobs?${query}`);
      put(problem);
      put(body, page.items.length ? page.items.map(line) : h('tr', {}, h('td', { colspan: 7, class: 'empty' },
        state ? `No job is ${state.toLowerCase()}.` : ['No copy has been asked for yet. ', h('a', { href: '#/new' }, 'Start the first one'), '.'])));
      const more = new URLSearchParams();
      if (state) more.set('state', state);
      if (page.next) more.set('cursor', page.next);
      put(foot, page.next ? h('a', { class: 'button', href: `#/jobs?${more}` }, 'Older') : null);
    } catch (error) {
      put(problem, problemBox(error));
    }
  }
  refresh();
  const timer = setInterval(() => { if (!document.hidden) refresh(); }, PERIOD);
  until.addEventListener('abort', () => clearInterval(timer));
}

function line(job) {
  const finished = ['SUCCEEDED', 'FAILED', 'CANCELLED'].includes(job.state);
  return h('tr', {},
    h('td', {}, h('a', { href: `#/jobs/${job.id}`, class: `state ${job.state}` }, job.state.toLowerCase())),
    h('td', {}, h('a', { href: `#/jobs/${job.id}` }, `${job.request.source} → ${job.request.target}`),
      job.error ? h('div', { class: 'small soft' }, job.error.code) : null),
    h('td', { class: 'wide soft' }, kind(job.request), job.schedule ? ` · ${job.schedule}` : ''),
    h('td', {}, finished && job.state !== 'SUCCEEDED' ? h('span', { class: 'soft small' }, job.progress.phase ? `in ${job.progress.phase}` : '')
      : bar(percent(job), job.state === 'SUCCEEDED' ? 'done' : ''),
    !finished && job.progress.phase ? h('span', { class: 'small soft' }, job.progress.phase) : null),
    h('td', { class: 'num wide' }, count(job.progress.rowsCopied)),
    h('td', { class: 'num' }, took(job)),
    h('td', { class: 'soft small' }, when(job.createdAt), job.createdBy ? h('div', {}, job.createdBy) : null));
}
