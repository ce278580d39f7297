import { call, problemBox, save } from './api.js';
import { copyButton, h, put, say } from './dom.js';
import { when } from './format.js';

/** What looks personal in a source: starts a search, or shows one. */
export async function scan(main, id, signal) {
  const result = h('div');
  const past = h('div');
  put(main, h('h1', {}, 'Personal data'), h('p', { class: 'soft' }, 'Judged by names and by a sample of values, which is never shown.'));
  try {
    const sources = (await call('connections')).items.filter((one) => one.role === 'source');
    const source = h('select', { name: 'source' }, sources.map((one) => h('option', { value: one.name }, one.name)));
    const start = async (event) => {
      event.preventDefault();
      try {
        const created = await call('pii-scans', { method: 'POST', body: { source: source.value } });
        location.hash = `#/scan/${created.id}`;
      } catch (error) { put(result, problemBox(error)); }
    };
    main.append(h('form', { class: 'grid', onsubmit: start }, h('label', {}, 'Source', source), h('div', { class: 'row' }, h('button', { class: 'primary' }, 'Search'))), result, past);
    if (id) await follow(id, result, signal);
    const { items } = await call('pii-scans');
    if (items.length) {
      put(past, h('h2', {}, 'Searches'), h('ul', {}, items.map((one) => h('li', {}, h('a', { href: `#/scan/${one.id}` }, `${one.request.source}, `, when(one.createdAt)), ' ',
        h('span', { class: `state ${one.state}` }, one.state.toLowerCase())))));
    }
  } catch (error) { main.append(problemBox(error)); }
}

async function follow(id, result, signal) {
  for (;;) {
    const one = await call(`pii-scans/${id}`);
    if (signal.aborted) return;
    if (one.state === 'SUCCEEDED') { put(result, view(one)); say(`${one.report.findings.length} findings`); return; }
    if (one.state === 'FAILED') { put(result, problemBox({ body: one.error })); return; }
    put(result, h('p', { class: 'soft', role: 'status' }, one.tablesTotal ? `${one.tablesDone} of ${one.tablesTotal} tables` : 'Waiting …'));
    await new Promise((resolve) => { setTimeout(resolve, 500); });
  }
}

function view({ id, report }) {
  const decided = (one) => {
    if (one.decision === 'keep') return [h('span', { class: 'tag warn' }, 'kept'), h('div', { class: 'small soft' }, one.decidedIn ?? '')];
    if (one.decision) return h('span', { class: 'tag masked' }, one.decision);
    return [h('span', { class: 'tag undecided' }, 'undecided'), one.proposal ? h('div', { class: 'small soft' }, 'proposed: ', h('code', {}, one.proposal)) : null];
  };
  return [
    h('p', {}, `${report.tables} tables, ${report.columns} columns, ${report.rows} rows looked at in ${(report.millis / 1000).toFixed(1)} s; `,
      h('b', {}, `${report.undecidedColumns} columns without a decision`), '.'),
    report.findings.length ? h('div', { class: 'card scroll' }, h('table', { id: 'findings' },
      h('thead', {}, h('tr', {}, ['Column', 'Looks like', 'Why', 'Decision'].map((name) => h('th', { scope: 'col' }, name)))),
      h('tbody', {}, report.findings.map((one) => h('tr', {},
        h('th', { scope: 'row' }, `${one.table}.${one.column}`, one.path ? h('div', { class: 'small mono' }, one.path) : null),
        h('td', {}, one.kind, h('div', { class: 'small soft' }, `${Math.round(one.confidence * 100)} %${one.direct ? ', direct' : ''}`)),
        h('td', { class: 'small' }, one.evidence.map((text) => h('div', {}, text))),
        h('td', {}, decided(one))))))) : h('p', { class: 'empty' }, 'Nothing looks personal.'),
    report.unread.map((text) => h('p', { class: 'danger' }, 'Not looked at: ', text)),
    h('details', {}, h('summary', {}, 'Policy file with proposals'), report.notes.map((text) => h('p', { class: 'small' }, text)), h('div', { class: 'row' }, copyButton(report.policy, 'Copy policy'),
      h('button', { type: 'button', onclick: () => save(`pii-scans/${id}`, 'application/json', 'pii-scan.json') }, 'Save as JSON')), h('pre', {}, report.policy)),
  ];
}
