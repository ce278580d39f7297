import { call, problemBox } from './api.js';
import { copyButton, h, put, say } from './dom.js';
import { curl } from './job.js';
import { planView } from './plan.js';

/** A new copy: what, where, tried without doing it, and confirmed by the target's name. */
export async function create(main, parameters) {
  put(main, h('p', { class: 'soft' }, 'Reading the connections …'));
  let connections;
  let policies;
  let before = null;
  try {
    connections = (await call('connections')).items;
    policies = (await call('mask-policies')).items;
    if (parameters.get('from')) before = (await call(`copy-jobs/${parameters.get('from')}`)).request;
  } catch (error) {
    put(main, problemBox(error));
    return;
  }
  const names = (role) => connections.filter((one) => one.role === role);
  const select = (name, options, value) => h('select', { name, required: true }, options.map(([key, text]) => h('option', { value: key, selected: key === value }, text)));
  const source = select('source', names('source').map((one) => [one.name, `${one.name} — ${one.database} at ${one.host}${one.classification ? `, ${one.classification}` : ''}`]), before?.source);
  const target = select('target', names('target').map((one) => [one.name, `${one.name} — ${one.database} at ${one.host}`]), before?.target);
  const mask = select('mask', [['', 'As the source demands'], ['true', 'Masked'], ['false', 'Identical, as it is']], before?.mask === undefined ? '' : String(before.mask));
  const policy = select('policy', [['', 'The default one'], ...policies.map((one) => [one.name, one.name])], before?.maskPolicy ?? '');
  policy.required = false;
  mask.required = false;
  const tenants = h('input', { name: 'tenants', placeholder: 'all', value: (before?.onlyTenants ?? []).join(', '), autocomplete: 'off' });
  const cross = select('cross', [['fail', 'Stop the job'], ['include', 'Copy those rows too'], ['nullify', 'Empty the reference']], before?.crossTenant ?? 'fail');
  const masks = h('textarea', { name: 'masks', spellcheck: 'false', placeholder: '{"public.customer": {"email": "email"}}' });
  masks.value = before?.masks ? JSON.stringify(before.masks, null, 2) : '';
  const content = h('input', { type: 'checkbox', name: 'content', checked: before?.verify === 'CONTENT' });
  const confirm = h('input', { name: 'confirm', autocomplete: 'off', spellcheck: 'false' });
  const result = h('div');
  const start = h('button', { type: 'submit', class: 'primary', disabled: true }, 'Replace the target');
  const expected = () => target.value;
  const confirmText = h('span', {}, 'Type ', h('code', {}, expected()), ' to confirm: its database is replaced');
  const check = () => {
    put(confirmText, 'Type ', h('code', {}, expected()), ' to confirm: its database is replaced');
    start.disabled = confirm.value !== expected() || expected() === '';
  };
  confirm.addEventListener('input', check);
  target.addEventListener('change', check);

  function request() {
    const body = { source: source.value, target: target.value };
    if (mask.value) body.mask = mask.value === 'true';
    if (policy.value) body.maskPolicy = policy.value;
    if (masks.value.trim()) {
      try { body.masks = JSON.parse(masks.value); } catch {
        throw Object.assign(new Error(), { body: { title: 'The request is not valid', detail: 'The masks are no JSON.', hint: 'They look like {"public.customer": {"email": "email"}}.' } });
      }
    }
    const chosen = tenants.value.split(',').map((one) => one.trim()).filter((one) => one);
    if (chosen.length) {
      body.onlyTenants = chosen.map((one) => (/^-?(0|[1-9][0-9]{0,14})$/.test(one) ? Number(one) : one));
      if (cross.value !== 'fail') body.crossTenant = cross.value;
    }
    if (content.checked) body.verify = 'CONTENT';
    return body;
  }

  async function tryIt(event) {
    event.preventDefault();
    put(result, h('p', { class: 'soft', role: 'status' }, 'Reading the source’s catalog …'));
    try {
      put(result, planView(await call('plans', { method: 'POST', body: request() })));
      say('The plan is there.');
    } catch (error) {
      put(result, problemBox(error), error.body?.proposal ? copyButton(typeof error.body.proposal === 'string' ? error.body.proposal : JSON.stringify(error.body.proposal), 'Copy the proposal') : null);
    }
  }

  async function submit(event) {
    event.preventDefault();
    if (start.disabled) return;
    start.disabled = true;
    try {
      const job = await call('copy-jobs', { method: 'POST', body: request(), more: { 'Idempotency-Key': `page-${Date.now()}-${Math.random().toString(36).slice(2)}` } });
      location.hash = `#/jobs/${job.id}`;
    } catch (error) {
      check();
      put(result, problemBox(error), error.body?.activeJob ? h('p', {}, h('a', { href: `#/jobs/${error.body.activeJob.split('/').pop()}` }, 'The job that works on it')) : null);
    }
  }

  put(main, h('h1', {}, 'New copy'),
    h('form', { class: 'grid', onsubmit: submit },
      h('label', {}, 'Source', source, h('small', {}, 'It is only read.')),
      h('label', {}, 'Target', target, h('small', {}, 'A new database is built beside its own, verified, and swapped in at the end.')),
      h('label', {}, 'Personal data', mask),
      h('label', {}, 'Mask policy', policy),
      h('label', {}, 'Only these tenants', tenants, h('small', {}, 'Ids with a comma between them; empty for all.')),
      h('label', {}, 'A reference into another tenant', cross),
      h('details', {}, h('summary', {}, 'More'),
        h('div', { class: 'grid' }, h('label', {}, 'Masks of this request', masks, h('small', {}, 'JSON by table and column; they count before the policy.')),
          h('label', { class: 'check' }, content, h('span', {}, 'Compare every table’s content by hash')))),
      h('div', { class: 'row' }, h('button', { type: 'button', onclick: tryIt }, 'Dry run'),
        copyButton(() => curl(request()), 'Copy as curl'), h('span', { class: 'hint' }, 'A dry run says what would happen; it writes nothing.')),
      h('label', {}, confirmText, confirm),
      h('div', { class: 'row' }, start)),
    result);
}
