/** Small windows that hang on a button: menus, lists, pickers. One at a time; Esc and a click outside close it. */

import { h } from "./dom.js";

let open = null;

export const popupOpen = () => open !== null;

/**
 * Shows `content` beside `anchor` and returns a function that closes it.
 * Options: `onClose`, `align` ("start" | "end"), `place` ("below" | "above"), `width` ("anchor" for the anchor's own), `focus` (element or null).
 */
export function showPopup(anchor, content, { onClose, align = "start", place = "below", width, focus, label, role } = {}) {
  closePopup();
  const host = anchor.closest("dialog") ?? document.body;
  const box = h("div", { class: "popup", role: role ?? null, "aria-label": label ?? null }, content);
  if (width === "anchor") box.style.setProperty("min-width", `${anchor.offsetWidth}px`);
  host.append(box);
  open = { box, anchor, onClose, align, place };
  position();
  anchor.setAttribute("aria-expanded", "true");
  (focus === undefined ? box.querySelector("[autofocus], input, button, [tabindex]") : focus)?.focus({ preventScroll: true });
  return closePopup;
}

export function closePopup({ refocus = true } = {}) {
  if (!open) return;
  const { box, anchor, onClose } = open;
  const inside = box.contains(document.activeElement) || document.activeElement === document.body;
  open = null;
  box.remove();
  anchor.setAttribute("aria-expanded", "false");
  if (refocus && inside && anchor.isConnected) anchor.focus({ preventScroll: true });
  onClose?.();
}

/** Keeps the popup inside the window: flips over the anchor, slides along it, never hangs out. */
export function position() {
  if (!open) return;
  const { box, anchor, align, place } = open;
  if (!anchor.isConnected) {
    closePopup();
    return;
  }
  const spot = anchor.getBoundingClientRect();
  const gap = 4;
  const below = innerHeight - spot.bottom - gap * 2;
  const above = spot.top - gap * 2;
  const up = place === "above" ? above > 120 || above > below : box.scrollHeight > below && above > below;
  box.style.setProperty("max-height", `${Math.max(120, up ? above : below)}px`);
  const left = align === "end" ? spot.right - box.offsetWidth : spot.left;
  box.style.setProperty("left", `${Math.max(gap, Math.min(left, innerWidth - box.offsetWidth - gap))}px`);
  if (up) {
    box.style.setProperty("bottom", `${innerHeight - spot.top + gap}px`);
    box.style.removeProperty("top");
  } else {
    box.style.setProperty("top", `${spot.bottom + gap}px`);
    box.style.removeProperty("bottom");
  }
}

document.addEventListener("pointerdown", (event) => {
  if (open && !open.box.contains(event.target) && !open.anchor.contains(event.target)) closePopup({ refocus: false });
}, true);

document.addEventListener("keydown", (event) => {
  if (!open || event.key !== "Escape") return;
  event.preventDefault();
  event.stopPropagation();
  closePopup();
}, true);

addEventListener("resize", position);
addEventListener("scroll", (event) => {
  if (open && !open.box.contains(event.target)) position();
}, true);

/** Moves the focus among `items` with the arrow keys, Home and End; returns true when the key was one of them. */
export function arrowKeys(event, items) {
  const at = items.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (next === undefined || items.length === 0) return false;
  event.preventDefault();
  items[(next + items.length) % items.length].focus();
  return true;
}

/** A menu of {label, icon?, danger?, run} entries. */
export function showMenu(anchor, entries, options = {}) {
  const items = entries.map((entry) => h("button", {
    type: "button", role: "menuitem", class: `menu-item ${entry.danger ? "danger" : ""}`, tabindex: "-1",
    on: { click: () => { closePopup(); entry.run(); } },
  }, entry.label, entry.note && h("span", { class: "menu-note" }, entry.note)));
  const menu = h("div", { role: "menu", class: "menu", on: { keydown: (event) => {
    if (event.key === "Tab") closePopup();
    else arrowKeys(event, items);
  } } }, items);
  return showPopup(anchor, menu, { focus: items[0], ...options });
}
