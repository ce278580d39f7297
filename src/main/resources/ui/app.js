import { put, h } from './dom.js';
import { create } from './create.js';
import { job } from './job.js';
import { jobs } from './jobs.js';
import { connections, maskers, schedules } from './lists.js';
import { preview } from './preview.js';
import { scan } from './scan.js';

const main = document.getElementById('main');
let leaving = new AbortController();

/** Shows what the address says; what the page before was doing ends. */
function show() {
  leaving.abort();
  leaving = new AbortController();
  const [path, query = ''] = (location.hash.slice(1) || '/jobs').split('?');
  const parameters = new URLSearchParams(query);
  const [, room, id] = path.split('/');
  for (const link of document.querySelectorAll('nav a')) {
    if (link.getAttribute('href') === `#/${room}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  document.title = `${{ jobs: id ? 'Job' : 'Copy jobs', new: 'New copy', schedules: 'Schedules', connections: 'Connections', maskers: 'Maskers', preview: 'Preview', scan: 'Personal data' }[room] ?? 'Not found'} · Caravan`;
  if (room === 'jobs' && id) job(main, id, leaving.signal);
  else if (room === 'jobs') jobs(main, parameters, leaving.signal);
  else if (room === 'new') create(main, parameters);
  else if (room === 'schedules') schedules(main);
  else if (room === 'connections') connections(main);
  else if (room === 'maskers') maskers(main);
  else if (room === 'preview') preview(main);
  else if (room === 'scan') scan(main, id, leaving.signal);
  else put(main, h('p', { class: 'empty' }, 'There is no such page. ', h('a', { href: '#/jobs' }, 'To the jobs')));
}

let first = true;
addEventListener('hashchange', () => { show(); if (!first) main.focus(); first = false; });
show();
first = false;
