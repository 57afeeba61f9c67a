/** Windows over everything else, on the browser's own <dialog>: it keeps the focus inside and the rest inert. */

import { h, iconButton } from "./dom.js";
import { popupOpen } from "./popup.js";
import { t } from "./words.js";

let serial = 0;

/**
 * Opens a dialog with `title`, `body` (nodes) and `foot` (nodes); `onDismiss` runs on Esc, the cross and a click outside.
 * Returns the element; `close()` on it takes it away and gives the focus back.
 */
export function openDialog({ title, body, foot, lead, onDismiss, kind = "", role = "dialog" }) {
  serial += 1;
  const id = `dialog-${serial}`;
  const before = document.activeElement;
  const dialog = h("dialog", { class: `dialog ${kind}`, "aria-labelledby": id, role },
    h("div", { class: "dialog-head" }, lead, h("h2", { id }, title), iconButton("close", t("button.close"), () => onDismiss())),
    h("div", { class: "dialog-body" }, body),
    foot && h("div", { class: "dialog-foot" }, foot),
  );
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    if (!popupOpen()) onDismiss();
  });
  dialog.addEventListener("pointerdown", (event) => {
    if (event.target === dialog && outside(dialog, event) && kind.includes("light")) onDismiss();
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (before?.isConnected) before.focus({ preventScroll: true });
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

function outside(dialog, event) {
  const box = dialog.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}

/** Asks yes or no ({title, confirm, deny} as strings, text as nodes or a string); resolves to true or false. */
export function ask({ title, text, confirm = t("button.yes"), deny = t("button.no"), danger = false }) {
  return new Promise((resolve) => {
    const answer = (value) => () => {
      dialog.close();
      resolve(value);
    };
    const yes = h("button", { type: "button", class: `button ${danger ? "danger" : "primary"}`, on: { click: answer(true) } }, confirm);
    const no = h("button", { type: "button", class: "button", on: { click: answer(false) } }, deny);
    const dialog = openDialog({
      title, body: text, foot: [no, yes], kind: "confirm light", role: "alertdialog", onDismiss: answer(false),
    });
    yes.focus();
  });
}
