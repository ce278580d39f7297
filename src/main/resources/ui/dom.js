/** An element with its attributes and children. Texts become text nodes: nothing that a server says is ever read as HTML. */
export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for drawings. */
export function s(tag, attributes = {}, ...children) {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'value' || name === 'checked' || name === 'disabled') element[name] = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
  return element;
}

/** Replaces what an element holds. Whoever was on a link or a button of it is on the same one again. */
export function put(element, ...children) {
  const active = element.contains(document.activeElement) ? document.activeElement : null;
  const name = (one) => one.getAttribute('href') ?? one.textContent;
  const kept = active !== null && active !== element && /^(A|BUTTON|SUMMARY)$/.test(active.tagName) ? { tag: active.tagName, name: name(active) } : null;
  element.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  if (kept) [...element.querySelectorAll(kept.tag)].find((one) => name(one) === kept.name)?.focus({ preventScroll: true });
}

/** Says something to those who do not see it. */
export function say(text) {
  const live = document.getElementById('live');
  if (live.textContent !== text) live.textContent = text;
}

/** A button that puts a text on the clipboard. @param text it, or what gives it */
export function copyButton(text, label = 'Copy') {
  const button = h('button', { type: 'button', onclick: async () => {
    let done = 'Copied';
    try { await copied(typeof text === 'function' ? text() : text); } catch { done = 'Not copied'; }
    button.textContent = done;
    setTimeout(() => { button.textContent = label; }, 1500);
  } }, label);
  return button;
}

/** Browsers give the clipboard to pages of this machine and to those over HTTPS; to others only what is marked. */
async function copied(text) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const marked = h('textarea', { class: 'quiet', value: text });
  document.body.append(marked);
  marked.select();
  const done = document.execCommand('copy');
  marked.remove();
  if (!done) throw new Error('the browser does not copy');
}
