import { h, s } from './dom.js';
import { bytes, count } from './format.js';

const BOX = { width: 190, height: 38, across: 60, down: 12 };

/** What a job would do: how tables depend on each other, which rows are taken, what becomes of each column. */
export function planView(plan) {
  return [
    h('div', { class: 'figures' },
      figure('Tables', count(plan.tables.length)), figure('Indexes', count(plan.indexes)), figure('Foreign keys', count(plan.foreignKeys)),
      figure('Needs on the target', bytes(plan.bytesEstimated)), figure('Workers', plan.workers)),
    plan.warnings.length ? h('ul', { class: 'plain' }, plan.warnings.map((warning) => h('li', {}, h('span', { class: 'tag warn' }, 'warning'), ' ', warning))) : null,
    h('h2', {}, 'What references what: a table comes after those on its left'),
    h('div', { class: 'card scroll' }, levels(plan.tables)),
    plan.cycles.length ? h('p', { class: 'small soft' }, 'In a circle: ', plan.cycles.map((cycle) => cycle.join(' ↔ ')).join('; ')) : null,
    h('h2', {}, 'Tables'),
    h('div', { class: 'scroll' }, h('table', {},
      h('thead', {}, h('tr', {}, ['Table', 'Rows', 'Size', 'Travels as', 'Which rows'].map((name, i) => h('th', { scope: 'col', class: i === 1 || i === 2 ? 'num' : '' }, name)))),
      h('tbody', {}, plan.tables.map((table) => h('tr', {},
        h('td', { class: 'mono' }, table.table),
        h('td', { class: 'num' }, table.scope?.count !== undefined ? count(table.scope.count + (table.scope.referenced ?? 0) + (table.scope.included ?? 0)) : estimated(table)),
        h('td', { class: 'num' }, bytes(table.bytesEstimated)),
        h('td', {}, table.format, table.formatReason ? h('div', { class: 'small soft' }, table.formatReason) : null),
        h('td', {}, table.scope ? [h('span', { class: 'tag' }, table.scope.rows.toLowerCase()), ' ', table.scope.why] : 'all')))))),
    (plan.masks ?? []).length ? [h('h2', {}, 'Columns'), columns(plan.masks)] : null,
  ];
}

function figure(name, value) {
  return h('div', {}, h('span', { class: 'small soft' }, name), h('b', {}, value));
}

function columns(masks) {
  const filter = h('input', { type: 'search', placeholder: 'Find a column or a masker', 'aria-label': 'Find a column or a masker' });
  const body = h('tbody');
  const show = () => {
    const wanted = filter.value.toLowerCase();
    body.replaceChildren(...masks.filter((one) => `${one.table}.${one.column} ${one.masker}`.toLowerCase().includes(wanted)).slice(0, 500).map((one) => h('tr', {},
      h('td', { class: 'mono' }, `${one.table}.${one.column}`),
      h('td', {}, h('span', { class: `tag ${one.masker === 'keep' ? 'kept' : 'masked'}` }, one.masker), one.reason ? h('span', { class: 'small soft' }, ` ${one.reason}`) : null),
      h('td', { class: 'soft small' }, one.domain ?? ''), h('td', { class: 'soft small' }, one.origin ?? ''))));
  };
  filter.addEventListener('input', show);
  show();
  return [filter, h('div', { class: 'scroll' }, h('table', {},
    h('thead', {}, h('tr', {}, ['Column', 'Masker', 'Domain', 'Decided in'].map((name) => h('th', { scope: 'col' }, name)))), body))];
}

function levels(tables) {
  if (tables.length > 150) return h('p', { class: 'soft' }, `${tables.length} tables are too many to draw; the list below has their order.`);
  const byLevel = new Map();
  for (const table of tables) byLevel.set(table.level, [...(byLevel.get(table.level) ?? []), table]);
  const place = new Map();
  [...byLevel.keys()].sort((a, b) => a - b).forEach((level, column) => byLevel.get(level).forEach((table, row) =>
    place.set(table.table, { x: column * (BOX.width + BOX.across) + 1, y: row * (BOX.height + BOX.down) + 1, table })));
  const width = byLevel.size * (BOX.width + BOX.across) - BOX.across + 2;
  const height = Math.max(...[...byLevel.values()].map((one) => one.length)) * (BOX.height + BOX.down);
  return s('svg', { class: 'levels', width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': `${tables.length} tables in ${byLevel.size} levels of dependency` },
    [...place.values()].flatMap(({ x, y, table }) => table.references.filter((name) => place.has(name)).map((name) => {
      const from = place.get(name);
      const [x1, y1, x2, y2] = [from.x + BOX.width, from.y + BOX.height / 2, x, y + BOX.height / 2];
      return s('path', { d: `M${x1},${y1} C${x1 + BOX.across / 2},${y1} ${x2 - BOX.across / 2},${y2} ${x2},${y2}` });
    })),
    [...place.values()].map(({ x, y, table }) => s('g', {},
      s('rect', { x, y, width: BOX.width, height: BOX.height, rx: 5 }),
      s('text', { x: x + 8, y: y + 16 }, short(table.table)),
      s('text', { x: x + 8, y: y + 30, class: 'sub' }, table.scope ? table.scope.rows.toLowerCase() : `${estimated(table)} rows`),
      s('title', {}, table.table))));
}

/** The source's own estimate, which it has once it was analysed. */
const estimated = (table) => (table.rowsEstimated === null || table.rowsEstimated === undefined ? '?' : `≈ ${count(table.rowsEstimated)}`);

const short = (name) => (name.length > 26 ? `${name.slice(0, 25)}…` : name);
