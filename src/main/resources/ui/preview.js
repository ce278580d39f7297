import { call, problemBox } from './api.js';
import { h, put } from './dom.js';

/** A few rows of one table, before and after. */
export async function preview(main) {
  const result = h('div');
  put(main, h('h1', {}, 'Preview of masks'), h('p', { class: 'soft' }, 'Shows personal data; the service keeps in mind who asked.'));
  let sources;
  let policies;
  try {
    sources = (await call('connections')).items.filter((one) => one.role === 'source');
    policies = (await call('mask-policies')).items;
  } catch (error) {
    main.append(problemBox(error));
    return;
  }
  const source = h('select', { name: 'source' }, sources.map((one) => h('option', { value: one.name }, one.name)));
  const table = h('input', { name: 'table', required: true, placeholder: 'public.customer', autocomplete: 'off', spellcheck: 'false' });
  const policy = h('select', { name: 'policy' }, h('option', { value: '' }, 'The default one'), policies.map((one) => h('option', { value: one.name }, one.name)));
  async function show(event) {
    event.preventDefault();
    put(result, h('p', { class: 'soft', role: 'status' }, 'Reading …'));
    try {
      const body = { source: source.value, table: table.value.trim() };
      if (policy.value) body.maskPolicy = policy.value;
      put(result, view(await call('mask-previews', { method: 'POST', body })));
    } catch (error) {
      put(result, problemBox(error));
    }
  }
  main.append(h('form', { class: 'grid', onsubmit: show },
    h('label', {}, 'Source', source), h('label', {}, 'Table', table), h('label', {}, 'Mask policy', policy),
    h('div', { class: 'row' }, h('button', { class: 'primary' }, 'Show rows'))), result);
}

function view(answer) {
  if (!answer.rows.length) return h('p', { class: 'empty' }, 'The table is empty.');
  const text = (value) => (value === null ? h('span', { class: 'soft' }, 'NULL') : value);
  return answer.rows.map((row) => h('div', { class: 'card scroll' }, h('table', {}, h('tbody', {}, answer.columns.map((column, i) => h('tr', {},
    h('th', { scope: 'row' }, column.column),
    h('td', {}, column.masker ? h('span', { class: `tag ${column.masker === 'keep' ? 'kept' : 'masked'}` }, column.masker) : h('span', { class: 'tag undecided' }, 'undecided')),
    h('td', {}, column.masker ? text(row[i].before) : h('span', { class: 'soft' }, 'not shown')),
    h('td', {}, column.masker === 'keep' ? h('span', { class: 'soft small' }, column.reason ?? '') : column.masker ? h('b', {}, text(row[i].after)) : null)))))));
}
