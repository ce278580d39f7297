import { call, events, problemBox, save } from './api.js';
import { copyButton, h, put, s, say } from './dom.js';
import { bytes, clock, count, duration, took, when } from './format.js';
import { bar, kind, percent } from './jobs.js';
import { planView } from './plan.js';

const PHASES = ['PREFLIGHT', 'PLAN', 'SCHEMA', 'COPY', 'INDEX', 'CONSTRAINT', 'VERIFY', 'SWAP'];
const ENDED = ['SUCCEEDED', 'FAILED', 'CANCELLED'];
const PERIOD = 1000;
const TABLES_PERIOD = 1500;
const POINTS = 240;

/** One job: where it stands, table by table, and what can be done about it. */
export function job(main, id, until) {
  const problem = h('div');
  const head = h('div');
  const body = h('div');
  const tables = h('div');
  const log = h('ul', { class: 'plain events' });
  const report = h('div');
  const speed = [];
  let lastEvent = 0;
  let shown = null;
  let streaming = false;
  let tablesAt = 0;
  const planned = h('div');
  // Asked for when it is looked at: a plan of many tables is large.
  const plan = h('details', { ontoggle: async () => {
    if (!plan.open || planned.hasChildNodes()) return;
    try { put(planned, planView(await call(`copy-jobs/${id}/plan`))); } catch (error) { put(planned, problemBox(error)); }
  } }, h('summary', {}, 'Plan'), planned);
  put(main, problem, head, body, tables, report, plan, h('h2', {}, 'Events'), log);

  function add(event) {
    if (event.sequence <= lastEvent) return;
    lastEvent = event.sequence;
    log.prepend(h('li', {}, h('span', { class: 'soft mono' }, clock(event.at)), h('span', { class: 'soft kind' }, event.type.toLowerCase()), h('span', {}, event.message)));
  }

  const ended = () => shown !== null && ENDED.includes(shown.state);

  /** Draws the job as it is now; what comes late, after something newer, is passed over. */
  async function show(now) {
    if (until.aborted || (shown !== null && (now.version < shown.version || ended()))) return;
    const moved = shown === null || shown.version !== now.version;
    const turned = shown === null || shown.state !== now.state || shown.attempt !== now.attempt;
    shown = now;
    put(problem);
    speed.push(now.progress.bytesPerSecond);
    if (speed.length > POINTS) speed.shift();
    if (turned) put(head, heading(now, act));
    put(body, overview(now, speed));
    if (moved) say(`${now.state.toLowerCase()}${now.progress.phase ? `, ${now.progress.phase.toLowerCase()}` : ''}, ${percent(now)} per cent`);
    if (ENDED.includes(now.state)) {
      await refreshTables();
      await refreshReport();
      const rest = await call(`copy-jobs/${id}/events?after=${lastEvent}&limit=200`);
      rest.items.forEach(add);
    } else if (moved && Date.now() - tablesAt > TABLES_PERIOD) {
      tablesAt = Date.now();
      await refreshTables();
    }
  }

  const attempt = async (work) => {
    try {
      await work();
      return true;
    } catch (error) {
      if (!until.aborted) put(problem, problemBox(error));
      return error.status !== 404 && error.status !== 400;
    }
  };

  /** What is asked for now and then shows the same a little later, where streams do not get through. */
  async function ask() {
    const again = await attempt(async () => show(await call(`copy-jobs/${id}`)));
    if (again && !ended()) later(ask, streaming || document.hidden ? PERIOD * 5 : PERIOD);
  }

  async function listen() {
    streaming = true;
    try {
      await events(id, lastEvent, add, (now) => attempt(() => show(now)), until);
    } catch {
      // Asking goes on meanwhile.
    }
    streaming = false;
    if (!ended()) later(listen, PERIOD * 5);
  }

  function later(what, millis) {
    setTimeout(() => { if (!until.aborted) what(); }, millis);
  }

  async function refreshTables() {
    const page = await call(`copy-jobs/${id}/tables?limit=200`);
    const order = { FAILED: 0, COPYING: 1, INDEXING: 2, WAITING: 3, DONE: 4 };
    const items = page.items.sort((a, b) => order[a.state] - order[b.state] || b.bytesCopied - a.bytesCopied);
    put(tables, items.length ? [h('h2', {}, `Tables${page.next ? ' (the first 200)' : ''}`), tableList(items)] : null);
  }

  async function refreshReport() {
    try {
      put(report, reportView(await call(`copy-jobs/${id}/report`), act));
    } catch {
      put(report);
    }
  }

  async function act(what) {
    try {
      if (what === 'cancel') await call(`copy-jobs/${id}/cancel`, { method: 'POST' });
      if (what === 'retry') {
        const made = await call('copy-jobs', { method: 'POST', body: shown.request, more: { 'Idempotency-Key': crypto.randomUUID?.() ?? String(Math.random()) } });
        location.hash = `#/jobs/${made.id}`;
        return;
      }
      if (what === 'json') await save(`copy-jobs/${id}/report`, 'application/json', `report-${id}.json`);
      if (what === 'html') await save(`copy-jobs/${id}/report`, 'text/html', `report-${id}.html`);
      if (what === 'csv') await save(`copy-jobs/${id}/report`, 'text/csv', `report-${id}.csv`);
    } catch (error) {
      put(problem, problemBox(error));
    }
  }

  ask();
  listen();
}

/** What stays as it is while a job runs, so that nobody loses the button he is about to press. */
function heading(job, act) {
  const { request } = job;
  const ended = ENDED.includes(job.state);
  return h('div', { class: 'row apart' },
    h('div', {},
      h('h1', {}, `${request.source} → ${request.target}`),
      h('div', { class: 'row small' }, h('span', { class: `state ${job.state}` }, job.state.toLowerCase()),
        h('span', { class: 'soft' }, kind(request)),
        job.attempt > 1 ? h('span', { class: 'tag warn' }, `attempt ${job.attempt}`) : null,
        h('span', { class: 'soft' }, `asked ${when(job.createdAt)}${job.createdBy ? ` by ${job.createdBy}` : ''}${job.schedule ? ` by the schedule ${job.schedule}` : ''}`))),
    h('div', { class: 'row' },
      !ended ? h('button', { class: 'danger', onclick: () => act('cancel'), disabled: job.state === 'CANCELLING' }, 'Cancel') : null,
      ended ? h('button', { onclick: () => act('retry') }, job.state === 'SUCCEEDED' ? 'Copy again' : 'Try again') : null,
      h('a', { class: 'button', href: `#/new?from=${job.id}` }, 'Change and copy'),
      copyButton(curl(request), 'Copy as curl')));
}

function overview(job, speed) {
  const { progress } = job;
  const ended = ENDED.includes(job.state);
  const at = PHASES.indexOf(progress.phase);
  return [
    job.error ? problemBox({ body: job.error }, job.state === 'FAILED'
      ? `It failed in ${progress.phase ?? 'the queue'}. The target is as it was.` : null) : null,
    h('ol', { class: 'phases', 'aria-label': 'Phases' }, PHASES.map((phase, i) =>
      h('li', { class: job.state === 'SUCCEEDED' || i < at ? 'past' : i === at ? (job.state === 'FAILED' ? 'bad' : 'now') : '', 'aria-current': i === at && !ended ? 'step' : null }, phase))),
    bar(percent(job), job.state === 'SUCCEEDED' ? 'done' : job.state === 'FAILED' ? 'bad' : ''),
    h('div', { class: 'figures' },
      ended ? null : figure('Done', progress.percent === null || progress.percent === undefined ? '–' : `${progress.percent} %`),
      figure('Tables', `${progress.tables.done} / ${progress.tables.total}`),
      figure('Rows', count(progress.rowsCopied)),
      figure('Copied', bytes(progress.bytesCopied), progress.bytesTotalEstimated ? `of about ${bytes(progress.bytesTotalEstimated)}` : ''),
      figure('Indexes', `${progress.indexes.done} / ${progress.indexes.total}`),
      figure(ended ? 'Took' : 'Running', took(job)),
      ended ? null : figure('Speed', `${bytes(progress.bytesPerSecond)}/s`),
      ended || progress.etaSeconds === null || progress.etaSeconds === undefined ? null : figure('ETA', duration(progress.etaSeconds * 1000), 'until the rows are in')),
    !ended && speed.length > 2 ? plot(speed) : null,
  ];
}

function figure(name, value, small) {
  return h('div', {}, h('span', { class: 'small soft' }, name), h('b', {}, value), small ? h('span', { class: 'small soft' }, small) : null);
}

function plot(values) {
  const top = Math.max(...values, 1);
  const width = Math.max(values.length, 30) - 1;
  const points = values.map((value, i) => `${((i / width) * 100).toFixed(2)},${(40 - (value / top) * 38).toFixed(2)}`);
  const end = (((values.length - 1) / width) * 100).toFixed(2);
  return h('figure', {}, h('figcaption', { class: 'small soft' }, `Throughput, at most ${bytes(top)}/s`), s('svg', { class: 'plot', viewBox: '0 0 100 40', preserveAspectRatio: 'none', role: 'img', 'aria-label': `Throughput, at most ${bytes(top)} per second` },
    s('path', { class: 'area', d: `M0,40 L${points.join(' L')} L${end},40 Z` }), s('path', { d: `M${points.join(' L')}` })));
}

function tableList(items) {
  return h('div', { class: 'scroll' }, h('table', {},
    h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Table'), h('th', { scope: 'col' }, 'State'), h('th', { scope: 'col' }, 'Copied'), h('th', { scope: 'col', class: 'num' }, 'Rows'),
      h('th', { scope: 'col', class: 'num wide' }, 'Bytes'), h('th', { scope: 'col', class: 'num' }, 'Indexes'), h('th', { scope: 'col', class: 'num wide' }, 'Copying'), h('th', { scope: 'col', class: 'num wide' }, 'Indexing'))),
    h('tbody', {}, items.map((table) => {
      const share = table.state === 'DONE' || table.state === 'INDEXING' ? 100
        : table.bytesTotalEstimated ? Math.min(99, (100 * table.bytesCopied) / table.bytesTotalEstimated) : 0;
      return h('tr', {}, h('td', { class: 'mono' }, table.table), h('td', {}, h('span', { class: `state ${table.state}` }, table.state.toLowerCase())),
        h('td', {}, bar(share, table.state === 'DONE' ? 'done' : table.state === 'FAILED' ? 'bad' : '')),
        h('td', { class: 'num' }, count(table.rowsCopied)), h('td', { class: 'num wide' }, bytes(table.bytesCopied)),
        h('td', { class: 'num' }, table.indexes.total ? [`${table.indexes.done} / ${table.indexes.total}`, bar((100 * table.indexes.done) / table.indexes.total, table.indexes.done === table.indexes.total ? 'done' : '')] : '–'),
        h('td', { class: 'num wide' }, `${(table.copyMillis / 1000).toFixed(1)} s`), h('td', { class: 'num wide' }, `${(table.indexMillis / 1000).toFixed(1)} s`));
    }))));
}

function reportView(report, act) {
  const masked = (report.masking?.columns ?? []).filter((column) => column.masker !== 'keep');
  const foreign = (report.tenants?.tables ?? []).reduce((sum, table) => sum + table.foreign, 0);
  return [
    h('div', { class: 'row apart' }, h('h2', {}, 'Report'), h('div', { class: 'row small' },
      h('button', { onclick: () => act('json') }, 'JSON'), h('button', { onclick: () => act('csv') }, 'CSV'), h('button', { onclick: () => act('html') }, 'Page to print'))),
    h('div', { class: 'card' },
      h('ul', { class: 'plain' },
        report.snapshotAt ? h('li', {}, `All rows are as they were at ${new Date(report.snapshotAt).toISOString()}.`) : null,
        report.state !== 'SUCCEEDED' ? h('li', {}, 'The target is as it was.') : h('li', {}, `${count(report.foreignKeys.valid)} foreign keys are valid${report.foreignKeys.notValid ? `, ${report.foreignKeys.notValid} are not, as on the source` : ''}.`),
        report.masking ? h('li', {}, `${masked.length} columns masked by the policy ${report.masking.policy}, ${report.masking.columns.length - masked.length} kept.`) : null,
        report.tenants ? h('li', {}, `${count(foreign)} rows of other tenants were found in ${report.tenants.tables.length} tables.`) : null,
        report.warnings.map((warning) => h('li', {}, h('span', { class: 'tag warn' }, 'warning'), ' ', warning)),
        report.leftOut.map((left) => h('li', {}, h('span', { class: 'tag' }, 'left out'), ' ', left.object, ': ', left.reason)))),
    report.masking ? h('details', {}, h('summary', {}, 'Columns'), h('div', { class: 'scroll' }, h('table', {},
      h('thead', {}, h('tr', {}, ['Column', 'Masker', 'Masked', 'Decided in'].map((name) => h('th', { scope: 'col' }, name)))),
      h('tbody', {}, report.masking.columns.map((column) => h('tr', {}, h('td', { class: 'mono' }, `${column.table}.${column.column}`),
        h('td', {}, h('span', { class: `tag ${column.masker === 'keep' ? 'kept' : 'masked'}` }, column.masker), column.reason ? h('span', { class: 'small soft' }, ` ${column.reason}`) : null),
        h('td', { class: 'num' }, count(column.masked)), h('td', { class: 'soft small' }, column.origin))))))) : null,
  ];
}

/** The call that asks for the same; the key stands for itself. */
export function curl(request) {
  const json = JSON.stringify(request).replaceAll("'", "'\\''");
  return `curl -i ${location.origin}/api/v1/copy-jobs -H "X-API-Key: $CARAVAN_API_KEY" -H 'Content-Type: application/json' -d '${json}'`;
}
