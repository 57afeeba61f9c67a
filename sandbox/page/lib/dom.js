/** Builds DOM nodes; data enters the page as text nodes and attributes only, never as markup. */

import { icon } from "./icons.js";

/**
 * h("button", {class: "x", on: {click}, "aria-label": "…"}, child, …): null, false and undefined children
 * are left out, arrays are flattened, everything else that is no Node becomes text.
 */
export function h(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) setProp(node, name, value);
  append(node, children);
  return node;
}

function setProp(node, name, value) {
  if (value === undefined || value === null || value === false) return;
  if (name === "on") {
    for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
  } else if (name === "data") {
    Object.assign(node.dataset, value);
  } else if (name === "style") {
    // Through the CSSOM: the content security policy forbids style attributes.
    for (const [key, one] of Object.entries(value)) node.style.setProperty(key, one);
  } else if (name === "value" || name === "checked") {
    node[name] = value;
  } else {
    node.setAttribute(name, value === true ? "" : String(value));
  }
}

export function append(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : String(child));
  }
}

export function fill(node, ...children) {
  node.replaceChildren();
  append(node, children);
  return node;
}

/** A button with an icon and no visible text: its label is its tooltip and its accessible name. */
export function iconButton(name, label, onClick, props = {}) {
  const { class: extra = "", ...rest } = props;
  return h(
    "button",
    { type: "button", class: `icon-button ${extra}`, "aria-label": label, title: label, on: { click: onClick }, ...rest },
    icon(name),
  );
}

/**
 * Makes the children of `parent` mirror `items`; a node whose key and signature stayed the same is kept, so
 * that focus, open menus and half-typed text survive a refresh.
 * `key(item)` and `sign(item)` give strings, `render(item)` gives one element.
 */
export function reconcile(parent, items, { key, sign, render }) {
  const old = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  let cursor = parent.firstElementChild;
  for (const item of items) {
    const id = key(item);
    const signature = sign(item);
    let node = old.get(id);
    if (!node || node.signature !== signature) {
      const fresh = render(item);
      fresh.dataset.key = id;
      fresh.signature = signature;
      if (node) {
        if (cursor === node) cursor = fresh;
        refocus(node, fresh);
      }
      node = fresh;
    }
    old.delete(id);
    if (node === cursor) cursor = cursor.nextElementSibling;
    else parent.insertBefore(node, cursor);
  }
  for (const node of old.values()) node.remove();
}

/** Replaces `before` by `after`; the focus goes to the control with the same data-focus mark, if there is one. */
function refocus(before, after) {
  const held = before.contains(document.activeElement) ? document.activeElement : null;
  const mark = held?.dataset.focus;
  const range = held && "selectionStart" in held ? [held.selectionStart, held.selectionEnd] : null;
  before.replaceWith(after);
  if (!mark) return;
  const next = after.querySelector(`[data-focus="${CSS.escape(mark)}"]`);
  next?.focus({ preventScroll: true });
  if (next && range && range[0] !== null && "setSelectionRange" in next) next.setSelectionRange(...range);
}
